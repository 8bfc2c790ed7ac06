package dev.unmask.engine.sampler.image;

import static dev.unmask.engine.sampler.image.ImageSettings.CLEAN;
import static dev.unmask.engine.sampler.image.ImageSettings.FREE;
import static dev.unmask.engine.sampler.image.ImageSettings.ORDER;
import static dev.unmask.engine.sampler.image.ImageSettings.PROCESS;
import static dev.unmask.engine.sampler.image.ImageSettings.STEPS;
import static dev.unmask.engine.sampler.image.ImageSettings.kind;
import static dev.unmask.engine.sampler.image.ImageSettings.plan;

import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.noise.gaussian.Pixels;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.sampler.api.ImageSampler;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.ImageSamplerKind.Beginning;
import dev.unmask.engine.sampler.api.ImageState;
import dev.unmask.engine.sampler.api.ImageStep;
import dev.unmask.engine.sampler.api.Settings;
import java.net.URI;
import java.util.List;

/**
 * DPM-Solver++ with several steps (Lu et al. 2022, https://arxiv.org/abs/2211.01095, algorithm 2):
 * the ODE is solved exactly in log SNR but for x̂0, which is extrapolated from the last
 * evaluations. On a grid that runs from clean to noisy, it inverts.
 */
public final class DpmSolver implements ImageSampler {
  /** As the user meets it. */
  public static final ImageSamplerKind KIND =
      kind(
          "dpm-solver++",
          "DPM-Solver++, multistep",
          "Solves the ODE in log SNR exactly, but for the image, extrapolated from the last ones.",
          "2211.01095",
          "Equal, step by step, to recordings of diffusers' tests of DPMSolverMultistep; and against theory",
          List.of(STEPS, PROCESS, ORDER),
          ImageSettings::process,
          settings ->
              new DpmSolver(
                  plan(settings, SigmaRule.TRAINED).inLogSnr(), CLEAN, FREE, Method.of(settings)));

  /** Its inversion. */
  public static final ImageSamplerKind INVERSION =
      new ImageSamplerKind(
          "dpm-solver++-inversion",
          "DPM-Solver++, inverted",
          "Finds the noise from which DPM-Solver++ would make an image.",
          URI.create("https://arxiv.org/abs/2211.01095"),
          "Equal, step by step, to recordings of diffusers' tests of DPMSolverMultistepInverse",
          List.of(STEPS, PROCESS, ORDER),
          Beginning.IMAGE,
          ImageSettings::process,
          settings ->
              new DpmSolver(
                  plan(settings, SigmaRule.TRAINED).inverse(), CLEAN, FREE, Method.of(settings)));

  /**
   * How it solves.
   *
   * @param order 1 to 3: evaluations that a step looks at
   * @param isHeun whether the slope's share is Heun's, not the midpoint's, in order 2
   * @param isLowAtTheEnd whether fewer than 15 steps end with lower orders, which is steadier
   * @param endsWithEuler whether the last step has order 1
   */
  public record Method(int order, boolean isHeun, boolean isLowAtTheEnd, boolean endsWithEuler) {
    /** As the user asks for it. */
    static Method of(Settings settings) {
      return new Method(settings.get(ORDER), false, true, false);
    }
  }

  private final SignalSpace space;
  private final Method method;

  /** On a grid. */
  public DpmSolver(NoiseGrid grid, Conditioning conditioning, Clipping clipping, Method method) {
    this.space = new SignalSpace(grid, conditioning, clipping);
    this.method = method;
  }

  @Override
  public int steps() {
    return space.grid().steps();
  }

  @Override
  public float time(int step) {
    return space.grid().times()[step];
  }

  @Override
  public Corruption corruption(int step) {
    return space.corruption(step);
  }

  @Override
  public float initialScale() {
    return space.grid().initialScale();
  }

  @Override
  public float[] noised(float[] x, float[] noise, int step) {
    return space.noised(x, noise, step);
  }

  @Override
  public float[] output(ImageState state, float[] clean) {
    return space.output(state, clean);
  }

  @Override
  public ImageStep step(ImageState state, float[] output, RandomSource random) {
    float[] predicted = space.predicted(state, output);
    List<float[]> seen = state.remember(predicted, method.order());
    int order = Math.min(order(state.step()), seen.size());
    return new ImageStep(predicted, state.next(solved(state, seen.subList(0, order)), seen));
  }

  private int order(int step) {
    int left = steps() - step;
    boolean isShort = method.isLowAtTheEnd() && steps() < 15;
    boolean endsAtZero = space.grid().sigmas()[steps()] == 0;
    if (left == 1 && (isShort || method.endsWithEuler() || endsAtZero)) {
      return 1;
    }
    return left == 2 && isShort ? Math.min(2, method.order()) : method.order();
  }

  /** One step of the order of what was seen, in the paper's notation. */
  private float[] solved(ImageState state, List<float[]> seen) {
    int from = state.step();
    double h = space.lambda(from + 1) - space.lambda(from);
    double grown = Math.expm1(-h);
    double kept = space.sigma(from + 1) / space.sigma(from);
    double alpha = space.alpha(from + 1);
    double value = -alpha * grown;
    float[] x = state.x();
    float[] m0 = seen.get(0);
    if (seen.size() == 1) {
      return Pixels.each(x.length, i -> (float) (kept * x[i] + value * m0[i]));
    }
    float[] m1 = seen.get(1);
    double r0 = (space.lambda(from) - space.lambda(from - 1)) / h;
    double slope = alpha * (grown / h + 1);
    if (seen.size() == 2) {
      double share = method.isHeun() ? slope : value / 2;
      return Pixels.each(
          x.length, i -> (float) (kept * x[i] + value * m0[i] + share * (m0[i] - m1[i]) / r0));
    }
    float[] m2 = seen.get(2);
    double r1 = (space.lambda(from - 1) - space.lambda(from - 2)) / h;
    double bend = alpha * ((grown + h) / (h * h) - 0.5);
    return Pixels.each(
        x.length,
        i -> {
          double near = (m0[i] - m1[i]) / r0;
          double far = (m1[i] - m2[i]) / r1;
          double first = near + r0 / (r0 + r1) * (near - far);
          double second = (near - far) / (r0 + r1);
          return (float) (kept * x[i] + value * m0[i] + slope * first - bend * second);
        });
  }
}
