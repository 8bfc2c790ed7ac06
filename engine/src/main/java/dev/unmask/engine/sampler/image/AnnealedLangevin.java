package dev.unmask.engine.sampler.image;

import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.noise.gaussian.Parameterization;
import dev.unmask.engine.noise.gaussian.Pixels;
import dev.unmask.engine.random.Normals;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.sampler.api.ImageSampler;
import dev.unmask.engine.sampler.api.ImageState;
import dev.unmask.engine.sampler.api.ImageStep;

/**
 * Annealed Langevin dynamics (NCSN, Song and Ermon 2019, https://arxiv.org/abs/1907.05600,
 * algorithm 1): at each σ, from the greatest to the least, some steps along the score with noise,
 * in size proportional to σ². The denoiser gives scores and is told σ.
 */
public final class AnnealedLangevin implements ImageSampler {
  private final float[] sigmas;
  private final int stepsEach;
  private final double size;

  /**
   * Over σ that fall geometrically.
   *
   * @param stepsEach steps at each σ
   * @param size ε, the step's size at the least σ
   */
  public AnnealedLangevin(double greatest, double least, int levels, int stepsEach, double size) {
    double ratio = Math.log(least / greatest) / Math.max(1, levels - 1);
    this.sigmas = Pixels.each(levels, i -> (float) (greatest * Math.exp(ratio * i)));
    this.stepsEach = stepsEach;
    this.size = size;
  }

  @Override
  public int steps() {
    return sigmas.length * stepsEach;
  }

  @Override
  public float time(int step) {
    return sigmas[step / stepsEach];
  }

  @Override
  public Corruption.Gaussian corruption(int step) {
    return new Corruption.Gaussian(1, time(step));
  }

  @Override
  public float[] output(ImageState state, float[] clean) {
    return Parameterization.SCORE.outputs(state.x(), clean, corruption(state.step()));
  }

  @Override
  public float initialScale() {
    return sigmas[0];
  }

  @Override
  public float[] noised(float[] x, float[] noise, int step) {
    float sigma = time(step);
    return Pixels.each(x.length, i -> x[i] + noise[i] * sigma);
  }

  @Override
  public ImageStep step(ImageState state, float[] output, RandomSource random) {
    float sigma = time(state.step());
    float least = sigmas[sigmas.length - 1];
    float stride = (float) (size * sigma * sigma / (least * least));
    float spread = (float) Math.sqrt(stride);
    float[] x = state.x();
    float[] predicted =
        Pixels.each(x.length, i -> Parameterization.SCORE.x0(x[i], output[i], 1, sigma));
    float[] noise = Normals.draw(x.length, Purpose.NOISE, random);
    float[] next = Pixels.each(x.length, i -> x[i] + stride / 2 * output[i] + spread * noise[i]);
    return new ImageStep(predicted, state.next(next));
  }
}
