package dev.unmask.engine.sampler.image;

import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.noise.gaussian.Parameterization;
import dev.unmask.engine.noise.gaussian.Pixels;
import dev.unmask.engine.noise.gaussian.TrainingNoise;
import dev.unmask.engine.random.Normals;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.sampler.api.ImageSampler;
import dev.unmask.engine.sampler.api.ImageState;
import dev.unmask.engine.sampler.api.ImageStep;

/**
 * DDPM's ancestral sampler (Ho et al. 2020, https://arxiv.org/abs/2006.11239, algorithm 2, as in
 * Sohl-Dickstein et al. 2015, https://arxiv.org/abs/1503.03585): a draw from the posterior q(x_s |
 * x_t, x̂0).
 *
 * <p>The last step is to the mean, what is clean. diffusers adds no noise at its trained step 0;
 * but where the last step is another, its variance fixed_large (β_t) leaves noise in the result,
 * which is not copied.
 */
public final class Ddpm implements ImageSampler {
  /** The variance of a step, of which the paper tries both. */
  public enum Variance {
    /** That of the posterior, the least that can be. */
    POSTERIOR,
    /** β_t, the greatest. */
    BETA
  }

  private final TrainingNoise noise;
  private final int[] times;
  private final Parameterization parameterization;
  private final Clipping clipping;
  private final Variance variance;

  /**
   * On a grid.
   *
   * @param times trained steps, from the noisiest
   */
  public Ddpm(
      TrainingNoise noise,
      int[] times,
      Parameterization parameterization,
      Clipping clipping,
      Variance variance) {
    this.noise = noise;
    this.times = times.clone();
    this.parameterization = parameterization;
    this.clipping = clipping;
    this.variance = variance;
  }

  @Override
  public int steps() {
    return times.length;
  }

  @Override
  public float time(int step) {
    return times[step];
  }

  @Override
  public Corruption.Gaussian corruption(int step) {
    return Corruption.Gaussian.preserving(noise.kept()[times[step]]);
  }

  @Override
  public float[] output(ImageState state, float[] clean) {
    return parameterization.outputs(state.x(), clean, corruption(state.step()));
  }

  @Override
  public float[] noised(float[] x, float[] random, int step) {
    return Pixels.each(x.length, i -> noise.noised(x[i], random[i], times[step]));
  }

  @Override
  public ImageStep step(ImageState state, float[] output, RandomSource random) {
    int step = state.step();
    float kept = noise.kept()[times[step]];
    float before = step + 1 < times.length ? noise.kept()[times[step + 1]] : 1;
    float alpha = kept / before;
    float[] x = state.x();
    float root = (float) Math.sqrt(kept);
    float sigma = (float) Math.sqrt(1 - kept);
    float[] raw = Pixels.each(x.length, i -> parameterization.x0(x[i], output[i], root, sigma));
    float[] predicted = clipping.apply(raw, state.images());
    float ofClean = (float) Math.sqrt(before) * (1 - alpha) / (1 - kept);
    float ofNoisy = (float) Math.sqrt(alpha) * (1 - before) / (1 - kept);
    float[] mean = Pixels.each(x.length, i -> ofClean * predicted[i] + ofNoisy * x[i]);
    if (step + 1 == times.length) {
      return new ImageStep(predicted, state.next(mean));
    }
    float share = variance == Variance.POSTERIOR ? (1 - before) / (1 - kept) : 1;
    float deviation = (float) Math.sqrt(Math.max(share * (1 - alpha), 1e-20f));
    float[] fresh = Normals.draw(x.length, Purpose.NOISE, random);
    return new ImageStep(
        predicted, state.next(Pixels.each(x.length, i -> mean[i] + deviation * fresh[i])));
  }
}
