package dev.unmask.engine.run;

import dev.unmask.engine.denoiser.ImageDenoiser;
import dev.unmask.engine.denoiser.ImageShape;
import dev.unmask.engine.noise.gaussian.Corruption;

/** The exact denoiser of pixels that are normal and independent: two classes, and their mixture. */
record NormalPixels(int pixels) implements ImageDenoiser {
  static final double MEAN = 0.3;
  static final double DEVIATION = 0.5;

  @Override
  public ImageShape shape() {
    return new ImageShape(1, 1, pixels);
  }

  @Override
  public int classes() {
    return 2;
  }

  @Override
  public boolean undoes(Corruption corruption) {
    return corruption instanceof Corruption.Gaussian;
  }

  /** Class 0 has the mean 0, class 1 twice the mean, and no class the mean. */
  static double mean(int label) {
    return label == 2 ? MEAN : 2 * label * MEAN;
  }

  @Override
  public float[] clean(float[] x, Corruption corruption, int[] labels) {
    var at = (Corruption.Gaussian) corruption;
    double variance = DEVIATION * DEVIATION;
    double seen = at.alpha() * at.alpha() * variance + at.sigma() * at.sigma();
    double gain = at.alpha() * variance / seen;
    float[] clean = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      double mean = mean(labels[i / pixels]);
      clean[i] = (float) (mean + gain * (x[i] - at.alpha() * mean));
    }
    return clean;
  }

  @Override
  public void close() {}
}
