package dev.unmask.engine.denoiser;

import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.noise.gaussian.TrainingNoise;

/**
 * A network that was trained on one variance-preserving noise, asked about any Gaussian noise: what
 * counts is σ / α alone, so x is scaled to where the training had as much.
 */
public record TrainedEstimator(ImageDenoiser network, TrainingNoise training)
    implements ImageEstimator {
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
    return corruption instanceof Corruption.Gaussian;
  }

  @Override
  public float[] clean(float[] x, Corruption corruption, int[] labels) {
    if (!(corruption instanceof Corruption.Gaussian shown)) {
      throw new IllegalArgumentException("the network was not trained for " + corruption);
    }
    double time = Math.clamp(training.time(shown.ratio()), 0, training.steps() - 1.0);
    double size = Math.hypot(shown.alpha(), shown.sigma());
    float[] seen = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      seen[i] = (float) (x[i] / size);
    }
    var scaled = new Corruption.Gaussian(shown.alpha() / size, shown.sigma() / size);
    return network.output().clean(seen, network.predict(seen, time, labels), scaled);
  }

  @Override
  public void close() {
    network.close();
  }
}
