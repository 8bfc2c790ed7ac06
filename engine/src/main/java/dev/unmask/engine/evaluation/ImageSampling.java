package dev.unmask.engine.evaluation;

import dev.unmask.engine.checkpoint.ImageNoise;
import dev.unmask.engine.denoiser.ImageDenoiser;
import dev.unmask.engine.noise.gaussian.TrainingNoise;
import dev.unmask.engine.random.Normals;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.run.ImageLoop;
import dev.unmask.engine.sampler.api.ImageSampler;
import dev.unmask.engine.sampler.api.ImageState;
import dev.unmask.engine.sampler.image.Clipping;
import dev.unmask.engine.sampler.image.Ddim;
import dev.unmask.engine.training.TrainingPlan;
import java.util.Arrays;

/**
 * How samples are drawn for a score: by DDIM without fresh noise. x̂0 is not clipped, because the
 * noise that belongs to it is not: every step would add to the image what was cut off.
 *
 * @param steps evenly spaced, the first of them the noisiest of the training
 * @param guidance {@link ImageLoop}'s
 */
public record ImageSampling(int steps, double guidance, long seed) {
  /** Samples that go through the steps together. */
  private static final int BATCH = 50;

  /**
   * Checks the numbers.
   *
   * @throws dev.unmask.engine.InputException if there is no step
   */
  public ImageSampling {
    TrainingPlan.atLeastOne("number of steps", steps);
  }

  /**
   * Draws a sample of each class asked for.
   *
   * @param noise that the denoiser was trained with
   * @return image after image
   */
  public float[] draw(ImageDenoiser denoiser, ImageNoise.Gaussian noise, int[] labels) {
    int size = denoiser.shape().values();
    TrainingNoise training = noise.training();
    ImageSampler ddim = Ddim.sampling(training, training.evenly(steps), 1, Clipping.NONE, 0);
    float[] samples = new float[labels.length * size];
    for (int from = 0; from < labels.length; from += BATCH) {
      int[] batch = Arrays.copyOfRange(labels, from, Math.min(from + BATCH, labels.length));
      Philox random = new Philox(seed, from / BATCH);
      float[] start = Normals.draw(batch.length * size, Purpose.START, random);
      float[] drawn =
          new ImageLoop(denoiser, ddim, batch, guidance)
              .end(ImageState.start(0, start, batch.length), seed)
              .x();
      System.arraycopy(drawn, 0, samples, from * size, drawn.length);
    }
    return samples;
  }
}
