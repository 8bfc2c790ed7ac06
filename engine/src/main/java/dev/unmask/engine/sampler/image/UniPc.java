package dev.unmask.engine.sampler.image;

import static dev.unmask.engine.sampler.image.ImageSettings.ORDER;
import static dev.unmask.engine.sampler.image.ImageSettings.PROCESS;
import static dev.unmask.engine.sampler.image.ImageSettings.STEPS;
import static dev.unmask.engine.sampler.image.ImageSettings.kind;
import static dev.unmask.engine.sampler.image.ImageSettings.plan;

import dev.unmask.engine.noise.gaussian.Pixels;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.ImageState;
import dev.unmask.engine.sampler.api.ImageStep;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.image.GridPlan.SigmaRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * UniPC (Zhao et al. 2023, https://arxiv.org/abs/2302.04867): a multistep predictor in log SNR, and
 * a corrector that takes the step again once its end was evaluated, at no further evaluation.
 *
 * <p>Variables ↔ symbols: h ↔ h_i, ratios ↔ r_m, b ↔ B(h), weights ↔ a_m, others − m0 ↔ D_m.
 */
public final class UniPc extends LogSnrSampler {
  private static final Setting.Choice FORM =
      new Setting.Choice(
          "form", "bh2", List.of("bh1", "bh2"), "Whether B(h) is h, or e^h − 1, as in the paper");

  /** As the user meets it. */
  public static final ImageSamplerKind KIND =
      kind(
          "unipc",
          "UniPC",
          "Predicts a step, and corrects it once its end was evaluated.",
          "2302.04867",
          "Equal, step by step, to recordings of diffusers' tests of UniPCMultistep; and against"
              + " theory",
          List.of(STEPS, PROCESS, ORDER, FORM),
          ImageSettings::process,
          settings ->
              new UniPc(
                  plan(settings, SigmaRule.TRAINED).inLogSnr(),
                  new Method(settings.get(ORDER), settings.get(FORM).equals("bh1"), true)));

  /**
   * How it solves.
   *
   * @param order 1 to 3
   * @param isFirstForm whether B(h) is h, the paper's first choice, not e^h − 1, its second
   * @param isLowAtTheEnd whether the last steps have lower orders
   */
  public record Method(int order, boolean isFirstForm, boolean isLowAtTheEnd) {}

  private final Method method;

  /** On a grid. */
  public UniPc(NoiseGrid grid, Method method) {
    super(grid, true);
    this.method = method;
  }

  /** Where a step begins after its correction follows from where the one before did. */
  @Override
  public int remembersFrom(int step) {
    return 0;
  }

  /** The history holds where the last step began, and then the x̂0 that were seen. */
  @Override
  public ImageStep step(ImageState state, float[] clean, RandomSource random) {
    int step = state.step();
    float[] x = state.x();
    List<float[]> seen = new ArrayList<>();
    if (!state.history().isEmpty()) {
      List<float[]> before = state.history().subList(1, state.history().size());
      int order = Math.min(order(step - 1), before.size());
      x = solved(state.history().getFirst(), before.subList(0, order), step - 1, List.of(clean));
      seen.addAll(before);
    }
    seen.addFirst(clean);
    List<float[]> kept = seen.subList(0, Math.min(seen.size(), method.order()));
    int order = Math.min(order(step), kept.size());
    float[] next = solved(x, kept.subList(0, order), step, List.of());
    List<float[]> history = new ArrayList<>(kept);
    history.addFirst(x);
    return new ImageStep(clean, state.next(next, List.copyOf(history)));
  }

  private int order(int step) {
    return method.isLowAtTheEnd() ? Math.min(method.order(), steps() - step) : method.order();
  }

  /**
   * One step, in the paper's notation.
   *
   * @param seen x̂0 where the step begins and before, the newest first; its size is the order
   * @param end x̂0 where the step ends, if that is known
   */
  private float[] solved(float[] x, List<float[]> seen, int from, List<float[]> end) {
    double h = lambda(from + 1) - lambda(from);
    double[] ratios =
        IntStream.rangeClosed(1, seen.size())
            .mapToDouble(j -> j == seen.size() ? 1 : (lambda(from - j) - lambda(from)) / h)
            .toArray();
    double b = method.isFirstForm() ? -h : StrictMath.expm1(-h);
    // x_t = σ_t / σ_s x_s − α_t (e^{−h} − 1) m0 − α_t B(h) Σ_m a_m D_m / r_m, D_m = m_m − m0
    double[] weights = end.isEmpty() ? predicting(ratios, h, b) : correcting(ratios, h, b);
    double kept = sigma(from + 1) / sigma(from);
    double alpha = alpha(from + 1);
    double value = -alpha * StrictMath.expm1(-h);
    float[] m0 = seen.getFirst();
    List<float[]> others = Stream.concat(seen.stream().skip(1), end.stream()).toList();
    return Pixels.each(
        x.length,
        i -> {
          double sum = 0;
          for (int j = 0; j < others.size(); j++) {
            double ratio = j < seen.size() - 1 ? ratios[j] : 1;
            sum += weights[j] * (others.get(j)[i] - m0[i]) / ratio;
          }
          return (float) (kept * x[i] + value * m0[i] - alpha * b * sum);
        });
  }

  private static double[] predicting(double[] ratios, double h, double b) {
    int known = ratios.length - 1;
    return switch (known) {
      case 0 -> new double[0];
      case 1 -> new double[] {0.5};
      default -> weights(Arrays.copyOf(ratios, known), h, b);
    };
  }

  private static double[] correcting(double[] ratios, double h, double b) {
    return ratios.length == 1 ? new double[] {0.5} : weights(ratios, h, b);
  }

  /** Solves Σ_j r_j^(k−1) w_j = k! φ_k(−h) / B(h) for all k up to the number of ratios. */
  private static double[] weights(double[] ratios, double h, double b) {
    int size = ratios.length;
    double[][] powers = new double[size][size];
    double[] right = new double[size];
    double phi = StrictMath.expm1(-h) / -h - 1;
    double factorial = 1;
    for (int k = 0; k < size; k++) {
      for (int j = 0; j < size; j++) {
        powers[k][j] = StrictMath.pow(ratios[j], k);
      }
      right[k] = phi * factorial / b;
      factorial *= k + 2;
      phi = phi / -h - 1 / factorial;
    }
    return solve(powers, right);
  }

  /** Solves linear equations by Gauss's elimination with pivots, in place. */
  private static double[] solve(double[][] left, double[] right) {
    int size = right.length;
    for (int column = 0; column < size; column++) {
      swapLargestUp(left, right, column);
      for (int row = column + 1; row < size; row++) {
        double factor = left[row][column] / left[column][column];
        for (int k = column; k < size; k++) {
          left[row][k] -= factor * left[column][k];
        }
        right[row] -= factor * right[column];
      }
    }
    for (int row = size - 1; row >= 0; row--) {
      for (int k = row + 1; k < size; k++) {
        right[row] -= left[row][k] * right[k];
      }
      right[row] /= left[row][row];
    }
    return right;
  }

  private static void swapLargestUp(double[][] left, double[] right, int column) {
    int largest = column;
    for (int row = column + 1; row < right.length; row++) {
      if (Math.abs(left[row][column]) > Math.abs(left[largest][column])) {
        largest = row;
      }
    }
    double[] line = left[column];
    left[column] = left[largest];
    left[largest] = line;
    double value = right[column];
    right[column] = right[largest];
    right[largest] = value;
  }
}
