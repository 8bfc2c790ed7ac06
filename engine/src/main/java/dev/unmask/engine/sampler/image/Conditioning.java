package dev.unmask.engine.sampler.image;

import dev.unmask.engine.noise.gaussian.Parameterization;
import dev.unmask.engine.noise.gaussian.Pixels;

/** How a denoiser sees an x = x_0 + σ ε, and how x̂0 is read from its output. */
public sealed interface Conditioning {
  /** What x is divided by before the denoiser sees it. */
  float size(float sigma);

  /** x̂0 of a pixel. */
  float x0(float x, float output, float sigma);

  /** The output whose x̂0 is {@code clean}, of a pixel. */
  float output(float x, float clean, float sigma);

  /** Of a denoiser that was trained with variance-preserving noise. */
  record Preserving(Parameterization parameterization) implements Conditioning {
    @Override
    public float size(float sigma) {
      return (float) Math.sqrt(sigma * sigma + 1);
    }

    @Override
    public float x0(float x, float output, float sigma) {
      if (parameterization != Parameterization.VELOCITY) {
        return parameterization.x0(x, output, 1, sigma);
      }
      float alpha = 1 / size(sigma);
      return parameterization.x0(alpha * x, output, alpha, alpha * sigma);
    }

    @Override
    public float output(float x, float clean, float sigma) {
      if (parameterization != Parameterization.VELOCITY) {
        return parameterization.output(x, clean, 1, sigma);
      }
      float alpha = 1 / size(sigma);
      return parameterization.output(alpha * x, clean, alpha, alpha * sigma);
    }
  }

  /**
   * Of EDM (Karras et al. 2022, https://arxiv.org/abs/2206.00364, table 1): the output is mixed
   * with x, the more the less noise there is.
   *
   * @param sigmaData the standard deviation of the data
   * @param isNegated whether the output's sign is that of v
   */
  record Edm(float sigmaData, boolean isNegated) implements Conditioning {
    @Override
    public float size(float sigma) {
      return (float) Math.sqrt(sigma * sigma + sigmaData * sigmaData);
    }

    @Override
    public float x0(float x, float output, float sigma) {
      return skip(sigma) * x + out(sigma) * output;
    }

    @Override
    public float output(float x, float clean, float sigma) {
      return (clean - skip(sigma) * x) / out(sigma);
    }

    private float skip(float sigma) {
      return sigmaData * sigmaData / (sigma * sigma + sigmaData * sigmaData);
    }

    private float out(float sigma) {
      float out = sigma * sigmaData / size(sigma);
      return isNegated ? -out : out;
    }

    /**
     * EDM's grid: Karras's σ, of which the denoiser is told ln σ / 4.
     *
     * @param endsAtZero whether the last σ is 0, or the least
     */
    public static NoiseGrid grid(
        double greatest, double least, double rho, int steps, boolean endsAtZero) {
      float[] sigmas = SigmaRule.karras(greatest, least, rho, steps);
      float[] times = Pixels.each(steps, i -> 0.25f * (float) Math.log(sigmas[i]));
      float scale = (float) Math.sqrt(greatest * greatest + 1);
      return NoiseGrid.of(times, sigmas, endsAtZero ? 0 : (float) least, scale);
    }
  }
}
