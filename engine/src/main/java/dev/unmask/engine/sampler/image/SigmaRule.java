package dev.unmask.engine.sampler.image;

import dev.unmask.engine.noise.gaussian.Pixels;

/** How σ falls along a grid. */
public enum SigmaRule {
  /** As it does at the visited steps of the training. */
  TRAINED {
    @Override
    float[] sigmas(float[] visited, double greatest, double least) {
      return visited;
    }
  },
  /** Evenly in σ^(1/7) (Karras et al. 2022, https://arxiv.org/abs/2206.00364, equation 5). */
  KARRAS {
    @Override
    float[] sigmas(float[] visited, double greatest, double least) {
      return karras(greatest, least, 7, visited.length);
    }
  },
  /** Evenly in log σ. */
  EXPONENTIAL {
    @Override
    float[] sigmas(float[] visited, double greatest, double least) {
      double high = Math.log(greatest);
      double stride = (Math.log(least) - high) / Math.max(1, visited.length - 1);
      return Pixels.each(visited.length, i -> (float) Math.exp(high + i * stride));
    }
  };

  /** From the greatest to the least, as many as are visited. */
  abstract float[] sigmas(float[] visited, double greatest, double least);

  /** Evenly in σ^(1/ρ). */
  static float[] karras(double greatest, double least, double rho, int count) {
    double high = Math.pow(greatest, 1 / rho);
    double stride = (Math.pow(least, 1 / rho) - high) / Math.max(1, count - 1);
    return Pixels.each(count, i -> (float) Math.pow(high + i * stride, rho));
  }
}
