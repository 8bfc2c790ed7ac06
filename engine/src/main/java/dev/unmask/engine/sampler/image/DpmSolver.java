package dev.unmask.engine.sampler.image;

import static dev.unmask.engine.sampler.image.ImageSettings.ORDER;
import static dev.unmask.engine.sampler.image.ImageSettings.PROCESS;
import static dev.unmask.engine.sampler.image.ImageSettings.STEPS;
import static dev.unmask.engine.sampler.image.ImageSettings.kind;
import static dev.unmask.engine.sampler.image.ImageSettings.plan;

import dev.unmask.engine.noise.gaussian.Pixels;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.ImageSamplerKind.Beginning;
import dev.unmask.engine.sampler.api.ImageState;
import dev.unmask.engine.sampler.api.ImageStep;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.sampler.image.GridPlan.SigmaRule;
import java.net.URI;
import java.util.List;

/**
 * DPM-Solver++ with several steps (Lu et al. 2022, https://arxiv.org/abs/2211.01095, algorithm 2):
 * the ODE is solved exactly in log SNR but for x̂0, which is extrapolated from the last
 * evaluations. On a grid that runs from clean to noisy, it inverts.
 *
 * <p>Variables ↔ symbols: m0, m1, m2 ↔ x̂0 of the last evaluations, the newest first; h ↔ h_i = λ_t
 * − λ_s; r0, r1 ↔ r, earlier strides of λ as shares of h; grown ↔ e^{−h} − 1; kept ↔ σ_t / σ_s.
 */
public final class DpmSolver extends LogSnrSampler {
  /** As the user meets it. */
  public static final ImageSamplerKind KIND =
      kind(
          "dpm-solver++",
          "DPM-Solver++, multistep",
          "Solves the ODE in log SNR exactly, but for the image, extrapolated from the last ones.",
          "2211.01095",
          "Equal, step by step, to recordings of diffusers' tests of DPMSolverMultistep; and"
              + " against theory",
          List.of(STEPS, PROCESS, ORDER),
          ImageSettings::process,
          settings ->
              preserving(plan(settings, SigmaRule.TRAINED).inLogSnr(), Method.of(settings)));

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
          settings -> preserving(plan(settings, SigmaRule.TRAINED).inverse(), Method.of(settings)));

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

  private final Method method;

  private DpmSolver(NoiseGrid grid, boolean isPreserving, Method method) {
    super(grid, isPreserving);
    this.method = method;
  }

  /** On a grid, where α² + σ² = 1. */
  public static DpmSolver preserving(NoiseGrid grid, Method method) {
    return new DpmSolver(grid, true, method);
  }

  /** On a grid, where α = 1. */
  public static DpmSolver exploding(NoiseGrid grid, Method method) {
    return new DpmSolver(grid, false, method);
  }

  @Override
  public int remembersFrom(int step) {
    return Math.max(0, step - method.order());
  }

  @Override
  public ImageStep step(ImageState state, float[] clean, RandomSource random) {
    List<float[]> seen = state.remember(clean, method.order());
    int order = Math.min(order(state.step()), seen.size());
    return new ImageStep(clean, state.next(solved(state, seen.subList(0, order)), seen));
  }

  private int order(int step) {
    int left = steps() - step;
    boolean isShort = method.isLowAtTheEnd() && steps() < 15;
    boolean endsAtZero = sigma(steps()) == 0;
    if (left == 1 && (isShort || method.endsWithEuler() || endsAtZero)) {
      return 1;
    }
    return left == 2 && isShort ? Math.min(2, method.order()) : method.order();
  }

  /** One step of the order of what was seen, in the paper's notation. */
  private float[] solved(ImageState state, List<float[]> seen) {
    int from = state.step();
    double h = lambda(from + 1) - lambda(from);
    double grown = StrictMath.expm1(-h);
    double kept = sigma(from + 1) / sigma(from);
    double alpha = alpha(from + 1);
    double value = -alpha * grown;
    float[] x = state.x();
    float[] m0 = seen.get(0);
    // Order 1: x_t = σ_t / σ_s x_s − α_t (e^{−h} − 1) m0
    if (seen.size() == 1) {
      return Pixels.each(x.length, i -> (float) (kept * x[i] + value * m0[i]));
    }
    float[] m1 = seen.get(1);
    double r0 = (lambda(from) - lambda(from - 1)) / h;
    double slope = alpha * (grown / h + 1);
    // Order 2, the midpoint's: … − α_t (e^{−h} − 1) (m0 − m1) / (2 r0)
    if (seen.size() == 2) {
      double share = method.isHeun() ? slope : value / 2;
      return Pixels.each(
          x.length, i -> (float) (kept * x[i] + value * m0[i] + share * (m0[i] - m1[i]) / r0));
    }
    float[] m2 = seen.get(2);
    double r1 = (lambda(from - 1) - lambda(from - 2)) / h;
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
