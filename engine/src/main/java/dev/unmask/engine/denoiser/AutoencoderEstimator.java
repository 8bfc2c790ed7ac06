package dev.unmask.engine.denoiser;

import dev.unmask.engine.noise.gaussian.Corruption;

/** A denoising autoencoder, which is not told how many pixels are black. */
public record AutoencoderEstimator(ImageDenoiser network) implements ImageEstimator {
  @Override
  public ImageShape shape() {
    return network.shape();
  }

  @Override
  public int classes() {
    return network.classes();
  }

  @Override
  public boolean undoes(Corruption corruption) {
    return corruption instanceof Corruption.Masking;
  }

  @Override
  public float[] clean(float[] x, Corruption corruption, int[] labels) {
    return network.predict(x, 0, labels);
  }

  @Override
  public void close() {
    network.close();
  }
}
