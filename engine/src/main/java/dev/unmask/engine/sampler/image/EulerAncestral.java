package dev.unmask.engine.sampler.image;

import dev.unmask.engine.random.Normals;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.ImageState;
import dev.unmask.engine.sampler.api.ImageStep;

/**
 * Euler's method with ancestral noise (k-diffusion, after https://arxiv.org/abs/2010.02502,
 * equation 16 with η = 1): a step goes below the next σ and comes back up with fresh noise.
 *
 * <p>Variables ↔ symbols: next ↔ σ_{i+1}, up ↔ σ_up, down ↔ σ_down, with σ_up² + σ_down² =
 * σ_{i+1}².
 */
public final class EulerAncestral extends VeSampler {
  /** As the user meets it. */
  public static final ImageSamplerKind KIND =
      inSigma(
          "euler-ancestral",
          "Euler, ancestral",
          "Steps lower than Euler would, and adds fresh noise up to there.",
          "EulerAncestralDiscrete",
          grid -> new EulerAncestral(grid));

  /** On a grid. */
  public EulerAncestral(NoiseGrid grid) {
    super(grid);
  }

  @Override
  public ImageStep step(ImageState state, float[] clean, RandomSource random) {
    float sigma = sigma(state.step());
    float next = sigma(state.step() + 1);
    // σ_up² = σ_{i+1}² (σ_i² − σ_{i+1}²) / σ_i²
    float up = (float) Math.sqrt(next * next * (sigma * sigma - next * next) / (sigma * sigma));
    float down = (float) Math.sqrt(next * next - up * up);
    float[] straight = along(state.x(), slope(state.x(), clean, sigma), down - sigma);
    float[] noise = Normals.draw(straight.length, Purpose.NOISE, random);
    return new ImageStep(clean, state.next(along(straight, noise, up)));
  }
}
