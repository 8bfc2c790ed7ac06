package dev.unmask.engine.image;

/** What was done to clean images before a denoiser is shown them. */
public sealed interface Corruption {
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
    static Gaussian preserving(double kept) {
      return new Gaussian(Math.sqrt(kept), Math.sqrt(1 - kept));
    }
  }

  /**
   * Some pixels are black, and which is drawn by chance.
   *
   * @param share of them that are, in (0, 1)
   */
  record Masking(double share) implements Corruption {}
}
