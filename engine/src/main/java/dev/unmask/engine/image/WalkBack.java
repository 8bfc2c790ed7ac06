package dev.unmask.engine.image;

import dev.unmask.engine.random.Normals;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.RandomSource;

/**
 * The chain of a denoising autoencoder (Bengio et al. 2013, https://arxiv.org/abs/1305.6663,
 * algorithm 1): corrupt, denoise, and again. The denoiser gives x̂0 and is told σ. The chain visits
 * images as often as the training did if x̂0 is drawn; if it is a mean, the chain stays nearer to
 * it.
 */
public final class WalkBack implements ImageSampler {
  private final float sigma;
  private final int steps;

  /** With one corruption for all steps. */
  public WalkBack(double sigma, int steps) {
    this.sigma = (float) sigma;
    this.steps = steps;
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public float time(int step) {
    return sigma;
  }

  @Override
  public float[] noised(float[] x, float[] noise, int step) {
    return Pixels.each(x.length, i -> x[i] + noise[i] * sigma);
  }

  /** The last step does not corrupt again. */
  @Override
  public ImageStep step(ImageState state, float[] output, RandomSource random) {
    if (state.step() + 1 == steps) {
      return new ImageStep(output, state.next(output));
    }
    float[] noise = Normals.draw(output.length, Purpose.NOISE, random);
    return new ImageStep(output, state.next(noised(output, noise, state.step() + 1)));
  }
}
