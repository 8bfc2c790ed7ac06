package dev.unmask.engine.run;

import dev.unmask.engine.denoiser.ImageDenoiser;
import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.noise.gaussian.Pixels;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.sampler.api.ImageSampler;
import dev.unmask.engine.sampler.api.ImageState;
import dev.unmask.engine.sampler.api.ImageStep;
import java.util.Arrays;

/**
 * The loop of all that samples images: the denoiser says x̂0, guidance pushes it towards what was
 * asked for, and the sampler decides.
 *
 * @param labels one an image: a class, or the number of classes for none
 * @param guidance w of classifier-free guidance (https://arxiv.org/abs/2207.12598, equation 6); 0
 *     is none, and costs one evaluation a step instead of two
 */
public record ImageLoop(
    ImageDenoiser denoiser, ImageSampler sampler, int[] labels, double guidance) {
  /**
   * One step.
   *
   * @throws java.util.concurrent.CancellationException if the thread was interrupted
   */
  public ImageStep step(ImageState state, RandomSource random) {
    return sampler.step(state, clean(state), random);
  }

  /** Where all steps that are left lead, with the random numbers of a seed. */
  public ImageState end(ImageState start, long seed) {
    ImageState state = start;
    while (state.step() < sampler.steps()) {
      state = step(state, new Philox(seed, state.step())).next();
    }
    return state;
  }

  /** NFE of a step. */
  public int evaluations() {
    return guidance == 0 ? 1 : 2;
  }

  /**
   * (1 + w) x̂0(label) − w x̂0(none): equation 6, of whose ε x̂0 is a linear view. Both are asked
   * for in one batch.
   */
  float[] clean(ImageState state) {
    Corruption corruption = sampler.corruption(state.step());
    float[] x = state.x();
    if (guidance == 0) {
      return denoiser.clean(x, corruption, labels);
    }
    int[] askedAndNone = Arrays.copyOf(labels, 2 * labels.length);
    Arrays.fill(askedAndNone, labels.length, askedAndNone.length, denoiser.classes());
    float[] twice = Arrays.copyOf(x, 2 * x.length);
    System.arraycopy(x, 0, twice, x.length, x.length);
    float[] said = denoiser.clean(twice, corruption, askedAndNone);
    float weight = (float) guidance;
    return Pixels.each(x.length, i -> said[i] + weight * (said[i] - said[x.length + i]));
  }
}
