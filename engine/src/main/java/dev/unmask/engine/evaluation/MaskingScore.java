package dev.unmask.engine.evaluation;

import dev.unmask.engine.denoiser.ImageDenoiser;
import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.training.ImageBatch;
import dev.unmask.engine.training.LabelledImages;
import dev.unmask.engine.training.MaskingCorruption;

/**
 * How well a denoising autoencoder tells images from some of their pixels.
 *
 * @param squaredError of a value from −1 to 1, the share of masked pixels being even in 0 to 1
 * @param masked that of what it was given, where masked pixels are black
 */
public record MaskingScore(double squaredError, double masked) {
  /** The denoiser is not told the share. */
  private static final Corruption ANY = new Corruption.Masking(0.5);

  /** On images that it was not trained on, as many drawn as there are. */
  public static MaskingScore of(ImageDenoiser denoiser, LabelledImages images, long seed) {
    ImageBatch batch = new MaskingCorruption().draw(images, images.count(), new Philox(seed, 0));
    float[] told = denoiser.clean(batch.x(), ANY, batch.labels());
    return new MaskingScore(error(told, batch.target()), error(batch.x(), batch.target()));
  }

  private static double error(float[] values, float[] target) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      double error = values[i] - target[i];
      sum += error * error;
    }
    return sum / values.length;
  }
}
