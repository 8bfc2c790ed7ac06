package dev.unmask.engine.denoiser.unet;

import dev.unmask.engine.denoiser.ImageNetwork;
import dev.unmask.engine.denoiser.ImageShape;
import dev.unmask.engine.noise.gaussian.Parameterization;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.tensor.HostTensors;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;

/**
 * A trained U-Net. It looks at a few images at a time, whose values then stay in the caches; what
 * it says of one does not depend on the others.
 */
public final class UNetDenoiser implements ImageNetwork {
  /** Images that are looked at together, at most. */
  private static final int TOGETHER = 8;

  private final HostTensors ops;
  private final UNetShape shape;
  private final UNetWeights weights;
  private final Map<Integer, UNet> networks = new HashMap<>();
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
    weights = new UNetWeights(ops, shape, file);
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
    for (int first = 0; first < labels.length; first += TOGETHER) {
      if (Thread.interrupted()) {
        throw new CancellationException();
      }
      int count = Math.min(TOGETHER, labels.length - first);
      double[] times = new double[count];
      Arrays.fill(times, time / steps);
      UNet network = networks.computeIfAbsent(count, images -> new UNet(ops, weights, images));
      int[] some = Arrays.copyOfRange(labels, first, first + count);
      float[] out = ops.read(network.forward(pixels(x, first, count), times, some));
      for (int i = 0; i < count; i++) {
        copyPlanes(out, i * shape.pixels(), said, (first + i) * shape.pixels());
      }
    }
    return said;
  }

  /** Images whose channels are together, out of planes. */
  private float[] pixels(float[] x, int first, int count) {
    int plane = shape.height() * shape.width();
    int size = shape.pixels();
    float[] pixels = new float[count * size];
    for (int i = 0; i < pixels.length; i++) {
      int image = first + i / size;
      int place = i % size / shape.channels();
      pixels[i] = x[image * size + i % shape.channels() * plane + place];
    }
    return pixels;
  }

  private void copyPlanes(float[] pixels, int from, float[] into, int at) {
    int plane = shape.height() * shape.width();
    for (int i = 0; i < shape.pixels(); i++) {
      into[at + i % shape.channels() * plane + i / shape.channels()] = pixels[from + i];
    }
  }

  @Override
  public void close() {
    ops.close();
  }
}
