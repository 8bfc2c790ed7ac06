package dev.unmask.engine.sampler.image;

import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.ImageState;
import dev.unmask.engine.sampler.api.ImageStep;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A linear multistep method on the probability-flow ODE in σ (k-diffusion's LMS; Adams and
 * Bashforth): the polynomial through the last slopes is integrated over the step.
 *
 * <p>Variables ↔ symbols: slopes ↔ d_i, d_{i−1}, …; weight ↔ ∫ ℓ_j(τ) dτ from σ_i to σ_{i+1}, of
 * Lagrange's basis polynomials ℓ_j.
 */
public final class LinearMultistep extends VeSampler {
  /** As the user meets it. */
  public static final ImageSamplerKind KIND =
      inSigma(
          "lms",
          "Linear multistep",
          "Integrates the polynomial through the last four slopes.",
          "LMSDiscrete",
          grid -> new LinearMultistep(grid, false));

  private static final int ORDER = 4;

  private final boolean isCountedFromTheTop;

  /**
   * On a grid.
   *
   * @param isCountedFromTheTop whether a run that starts inside the grid takes the slopes it has
   *     not seen for 0, as diffusers does, instead of a lower order
   */
  public LinearMultistep(NoiseGrid grid, boolean isCountedFromTheTop) {
    super(grid);
    this.isCountedFromTheTop = isCountedFromTheTop;
  }

  @Override
  public int remembersFrom(int step) {
    return Math.max(0, step - ORDER);
  }

  @Override
  public ImageStep step(ImageState state, float[] clean, RandomSource random) {
    int step = state.step();
    List<float[]> slopes = state.remember(slope(state.x(), clean, sigma(step)), ORDER);
    int order = isCountedFromTheTop ? Math.min(step + 1, ORDER) : slopes.size();
    float[] next = state.x();
    for (int back = 0; back < slopes.size(); back++) {
      next = along(next, slopes.get(back), (float) weight(step, back, order));
    }
    return new ImageStep(clean, state.next(next, slopes));
  }

  /** The integral over the step of the polynomial that is 1 at one past σ and 0 at the others. */
  private double weight(int step, int back, int order) {
    double[] polynomial = {1};
    for (int other : IntStream.range(0, order).filter(i -> i != back).toArray()) {
      double root = sigma(step - other);
      double width = sigma(step - back) - root;
      double[] product = new double[polynomial.length + 1];
      for (int power = 0; power < polynomial.length; power++) {
        product[power] -= polynomial[power] * root / width;
        product[power + 1] += polynomial[power] / width;
      }
      polynomial = product;
    }
    return primitive(polynomial, sigma(step + 1)) - primitive(polynomial, sigma(step));
  }

  private static double primitive(double[] polynomial, double at) {
    double sum = 0;
    for (int power = polynomial.length - 1; power >= 0; power--) {
      sum = sum * at + polynomial[power] / (power + 1);
    }
    return sum * at;
  }
}
