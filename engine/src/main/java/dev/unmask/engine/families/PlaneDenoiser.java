package dev.unmask.engine.families;

import dev.unmask.engine.denoiser.ImageDenoiser;
import dev.unmask.engine.denoiser.ImageShape;
import dev.unmask.engine.noise.gaussian.Corruption;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;

/**
 * A model of places as image samplers ask it: a place is an image of two channels. What it is made
 * of is closed elsewhere.
 *
 * @param model of places and their noise, x̂0
 */
record PlaneDenoiser(BiFunction<float[], Corruption.Gaussian, float[]> model)
    implements ImageDenoiser {
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
    return model.apply(x, (Corruption.Gaussian) corruption);
  }

  @Override
  public void close() {}
}
