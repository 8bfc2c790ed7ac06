package dev.unmask.engine.denoiser.unet;

import dev.unmask.engine.denoiser.transformer.TimeFeatures;

/**
 * The shape of a U-Net with two levels: two by two pixels to a place on the fine one, four by four
 * on the coarse one.
 *
 * @param height of an image, a multiple of 4
 * @param width of an image, a multiple of 4
 * @param channels of an image
 * @param classes that an image can be asked to be of; 0 if none
 * @param fine channels on the fine level
 * @param coarse channels on the coarse level, a multiple of {@link #HEAD_SIZE}
 * @param blocks on the coarse level, and on each of the fine level's two sides
 */
public record UNetShape(
    int height, int width, int channels, int classes, int fine, int coarse, int blocks) {
  /** Channels of an attention head. */
  public static final int HEAD_SIZE = 32;

  /** Number of features that a whole image has: a one, the time, and the class or none. */
  public int features() {
    return 1 + TimeFeatures.COUNT + classes + 1;
  }

  /**
   * An image's features.
   *
   * @param time in 0 to 1
   * @param label a class, or {@code classes} for none
   */
  float[] features(double time, int label) {
    float[] features = new float[features()];
    features[0] = 1;
    System.arraycopy(TimeFeatures.of(time), 0, features, 1, TimeFeatures.COUNT);
    features[1 + TimeFeatures.COUNT + label] = 1;
    return features;
  }

  /** Values in an image. */
  public int pixels() {
    return height * width * channels;
  }
}
