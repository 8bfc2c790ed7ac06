package dev.unmask.engine.noise.gaussian;

import org.apache.commons.math3.distribution.NormalDistribution;

/** What was done to clean images before a denoiser is shown them. */
public sealed interface Corruption {
  /** What it makes of a clean batch, by a standard normal number for each value. */
  float[] of(float[] clean, float[] noise);

  /**
   * x = α x_0 + σ ε, with standard normal noise ε.
   *
   * @param alpha from 0
   * @param sigma from 0
   */
  record Gaussian(double alpha, double sigma) implements Corruption {
    /** σ / α: the noise in units of the image; infinite where no image is left. */
    public double ratio() {
      return sigma / alpha;
    }

    /** Of α² where α² + σ² = 1. */
    public static Gaussian preserving(double alphaBar) {
      return new Gaussian(Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar));
    }

    @Override
    public float[] of(float[] clean, float[] noise) {
      return Pixels.each(clean.length, i -> (float) (alpha * clean[i] + sigma * noise[i]));
    }
  }

  /**
   * Some pixels are black, and which is drawn by chance: those whose numbers are the least.
   *
   * @param share of them that are, from 0 to 1
   */
  record Masking(double share) implements Corruption {
    private static final float BLACK = -1;

    @Override
    public float[] of(float[] clean, float[] noise) {
      double bound = new NormalDistribution(null, 0, 1).inverseCumulativeProbability(share);
      return Pixels.each(clean.length, i -> noise[i] < bound ? BLACK : clean[i]);
    }
  }
}
