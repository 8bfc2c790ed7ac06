package dev.unmask.engine.denoiser;

import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.noise.gaussian.Pixels;
import dev.unmask.engine.noise.gaussian.TrainingNoise;

/** A trained network as a denoiser: x̂0 is read from what it says by the noise of its training. */
public sealed interface NetworkDenoiser extends ImageDenoiser {
  /** Closed with this. */
  ImageNetwork network();

  @Override
  default ImageShape shape() {
    return network().shape();
  }

  @Override
  default int classes() {
    return network().classes();
  }

  @Override
  default void close() {
    network().close();
  }

  /**
   * Trained on one variance-preserving noise, and asked about any Gaussian noise: what counts is σ
   * / α alone, so x is scaled to where the training had as much.
   */
  record Gaussian(ImageNetwork network, TrainingNoise training) implements NetworkDenoiser {
    @Override
    public boolean undoes(Corruption corruption) {
      return corruption instanceof Corruption.Gaussian;
    }

    @Override
    public float[] clean(float[] x, Corruption corruption, int[] labels) {
      if (!(corruption instanceof Corruption.Gaussian shown)) {
        throw new IllegalArgumentException("the network was not trained for " + corruption);
      }
      double time = Math.clamp(training.time(shown.ratio()), 0, training.steps() - 1.0);
      double size = StrictMath.hypot(shown.alpha(), shown.sigma());
      float[] seen = Pixels.each(x.length, i -> (float) (x[i] / size));
      var scaled = new Corruption.Gaussian(shown.alpha() / size, shown.sigma() / size);
      return network.output().clean(seen, network.predict(seen, time, labels), scaled);
    }
  }

  /** A denoising autoencoder, which is not told how many pixels are black. */
  record Masking(ImageNetwork network) implements NetworkDenoiser {
    @Override
    public boolean undoes(Corruption corruption) {
      return corruption instanceof Corruption.Masking;
    }

    @Override
    public float[] clean(float[] x, Corruption corruption, int[] labels) {
      return network.predict(x, 0, labels);
    }
  }
}
