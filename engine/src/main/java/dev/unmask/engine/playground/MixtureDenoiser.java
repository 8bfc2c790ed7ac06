package dev.unmask.engine.playground;

import dev.unmask.engine.denoiser.ImageDenoiser;
import dev.unmask.engine.denoiser.ImageShape;
import dev.unmask.engine.noise.gaussian.Corruption;
import java.util.concurrent.CancellationException;

/** The denoiser that makes no error about a mixture; a place is an image of two channels. */
record MixtureDenoiser(Mixture data) implements ImageDenoiser {
  @Override
  public ImageShape shape() {
    return new ImageShape(2, 1, 1);
  }

  @Override
  public int classes() {
    return 0;
  }

  @Override
  public boolean undoes(Corruption corruption) {
    return corruption instanceof Corruption.Gaussian;
  }

  @Override
  public float[] clean(float[] x, Corruption corruption, int[] labels) {
    if (Thread.interrupted()) {
      throw new CancellationException();
    }
    var noise = (Corruption.Gaussian) corruption;
    float[] clean = new float[x.length];
    for (int i = 0; i < x.length; i += 2) {
      Reading reading = data.at(x[i], x[i + 1], noise);
      clean[i] = (float) reading.cleanX();
      clean[i + 1] = (float) reading.cleanY();
    }
    return clean;
  }

  @Override
  public void close() {}
}
