package dev.unmask.engine.denoiser.transformer;

/** A time as a network sees it: sines and cosines, each twice as fast as the ones before. */
public final class TimeFeatures {
  private static final int FREQUENCIES = 8;

  /** How many there are. */
  public static final int COUNT = 2 * FREQUENCIES;

  private TimeFeatures() {}

  /**
   * The features of a time.
   *
   * @param time in [0, 1]
   */
  public static float[] of(double time) {
    float[] features = new float[COUNT];
    for (int i = 0; i < FREQUENCIES; i++) {
      double angle = Math.PI / 2 * (1 << i) * time;
      features[2 * i] = (float) StrictMath.sin(angle);
      features[2 * i + 1] = (float) StrictMath.cos(angle);
    }
    return features;
  }
}
