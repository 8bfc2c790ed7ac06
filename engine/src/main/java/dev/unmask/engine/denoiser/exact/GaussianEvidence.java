package dev.unmask.engine.denoiser.exact;

import dev.unmask.engine.noise.gaussian.Corruption;
import java.util.Arrays;

/**
 * With Gaussian noise p(x | image) ∝ exp(−|x − α image|² / 2σ²), of which |x|² is the same for all
 * images: what remains is a product, which is fast, and rounds.
 *
 * @param x the batch
 * @param products x · imageᵀ in float, [N × count]
 */
record GaussianEvidence(
    KnownImages known, float[] x, float[] products, Corruption.Gaussian corruption)
    implements Evidence {
  /** How much of |x| |image| a product of floats may be wrong by. */
  private static final double ROUNDING = 0x1p-22;

  /** The error of a cost, and so of a weight, that is let pass. */
  private static final double TOLERATED = 1e-3;

  /** Less noise than this is none. */
  private static final double LEAST_VARIANCE = 1e-12;

  @Override
  public double[] costs(int index, int[] images) {
    int row = index * known.count();
    double[] costs = Arrays.stream(images).mapToDouble(k -> cost(products[row + k], k)).toArray();
    double error = error(index);
    if (error > TOLERATED) {
      double bound = Arrays.stream(costs).min().orElseThrow() + NEGLIGIBLE + 2 * error;
      Arrays.setAll(
          costs,
          i ->
              costs[i] < bound
                  ? cost(product(index, images[i]), images[i])
                  : Double.POSITIVE_INFINITY);
    }
    return costs;
  }

  private double cost(double product, int k) {
    double alpha = corruption.alpha();
    return alpha * (alpha * known.squares()[k] - 2 * product) / (2 * variance());
  }

  private double variance() {
    return Math.max(corruption.sigma() * corruption.sigma(), LEAST_VARIANCE);
  }

  private double error(int index) {
    double square = 0;
    for (int i = index * known.size(); i < (index + 1) * known.size(); i++) {
      square += (double) x[i] * x[i];
    }
    double greatest = Arrays.stream(known.squares()).max().orElseThrow();
    return ROUNDING * corruption.alpha() * Math.sqrt(square * greatest) / variance();
  }

  private double product(int index, int k) {
    float[] image = known.values()[k];
    double product = 0;
    for (int i = 0; i < image.length; i++) {
      product += (double) x[index * image.length + i] * image[i];
    }
    return product;
  }
}
