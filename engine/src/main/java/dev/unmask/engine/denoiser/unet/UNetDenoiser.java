package dev.unmask.engine.denoiser.unet;

import dev.unmask.engine.denoiser.ImageNetwork;
import dev.unmask.engine.denoiser.ImageShape;
import dev.unmask.engine.noise.gaussian.Parameterization;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.tensor.HostTensors;
import java.util.concurrent.CancellationException;

/** A trained U-Net. It looks at one image at a time, whose values then stay in the caches. */
public final class UNetDenoiser implements ImageNetwork {
  private final HostTensors ops;
  private final UNetShape shape;
  private final UNet network;
  private final Parameterization output;
  private final int steps;

  /**
   * Loads the weights.
   *
   * @param output what it was trained to say
   * @param steps of its training's noise
   * @param file may be closed then
   * @param ops closed with this
   * @throws dev.unmask.engine.InputException if the weights are not of that shape
   */
  public UNetDenoiser(
      UNetShape shape, Parameterization output, int steps, SafetensorsFile file, HostTensors ops) {
    this.ops = ops;
    this.shape = shape;
    this.output = output;
    this.steps = steps;
    network = new UNet(ops, new UNetWeights(ops, shape, file), 1);
  }

  @Override
  public ImageShape shape() {
    return new ImageShape(shape.channels(), shape.height(), shape.width());
  }

  @Override
  public int classes() {
    return shape.classes();
  }

  @Override
  public Parameterization output() {
    return output;
  }

  @Override
  public float[] predict(float[] x, double time, int[] labels) {
    float[] said = new float[x.length];
    double[] times = {time / steps};
    for (int i = 0; i < labels.length; i++) {
      if (Thread.interrupted()) {
        throw new CancellationException();
      }
      float[] out = ops.read(network.forward(pixels(x, i), times, new int[] {labels[i]}));
      copyPlanes(out, said, i * shape.pixels());
    }
    return said;
  }

  /** An image whose channels are together, out of planes. */
  private float[] pixels(float[] x, int image) {
    int plane = shape.height() * shape.width();
    float[] pixels = new float[shape.pixels()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = x[image * pixels.length + i % shape.channels() * plane + i / shape.channels()];
    }
    return pixels;
  }

  private void copyPlanes(float[] pixels, float[] into, int at) {
    int plane = shape.height() * shape.width();
    for (int i = 0; i < pixels.length; i++) {
      into[at + i % shape.channels() * plane + i / shape.channels()] = pixels[i];
    }
  }

  @Override
  public void close() {
    ops.close();
  }
}
