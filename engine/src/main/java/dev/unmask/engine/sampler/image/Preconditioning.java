package dev.unmask.engine.sampler.image;

import dev.unmask.engine.noise.gaussian.Pixels;

/**
 * How the networks of EDM and of consistency models are read, where x = x_0 + σ ε: what they say is
 * mixed with x, the more the less noise there is. x̂0 = c_skip(σ) x + c_out(σ) F (Karras et al.
 * 2022, https://arxiv.org/abs/2206.00364, equation 7 and table 1; Song et al. 2023,
 * https://arxiv.org/abs/2303.01469, section 3).
 *
 * @param deviation σ_data, the standard deviation of images
 * @param least ε, the σ of what counts as clean; 0 in EDM
 */
public record Preconditioning(float deviation, float least) {
  /** What x is divided by before the network sees it: 1 / c_in(σ). */
  public float size(float sigma) {
    return (float) Math.sqrt(sigma * sigma + deviation * deviation);
  }

  private float skip(float sigma) {
    float above = sigma - least;
    return deviation * deviation / (above * above + deviation * deviation);
  }

  private float out(float sigma) {
    return (sigma - least) * deviation / size(sigma);
  }

  /** x̂0 of what the network says. */
  public float[] clean(float[] x, float[] output, float sigma) {
    float skip = skip(sigma);
    float out = out(sigma);
    return Pixels.each(x.length, i -> skip * x[i] + out * output[i]);
  }

  /**
   * x̂0 as such a network can say it: rounded on its way through F. Traces hold these numbers, so a
   * run is repeated bit by bit through them alone.
   */
  float[] rounded(float[] x, float[] clean, float sigma) {
    float skip = skip(sigma);
    float out = out(sigma);
    return out == 0
        ? clean
        : clean(x, Pixels.each(x.length, i -> (clean[i] - skip * x[i]) / out), sigma);
  }
}
