package dev.unmask.engine.denoiser.unet;

import dev.unmask.engine.tensor.HostGradients;
import dev.unmask.engine.tensor.HostPixels;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.Parameter;
import dev.unmask.engine.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A U-Net (https://arxiv.org/abs/1505.04597, as DDPM uses it, https://arxiv.org/abs/2006.11239) on
 * a batch of images: what the coarse level made of the fine level's stream is brought back and
 * added to what it was.
 */
public final class UNet {
  private final UNetShape shape;
  private final HostTensors ops;
  private final UNetWeights weights;
  private final Encoder encoder;
  private final Level fine;
  private final List<ResidualLayer> after;
  private final Tensor image;
  private final Tensor split;
  private final Tensor fineEnd;
  private final Tensor normed;
  private final Tensor places;
  private final Tensor dCoarse;
  private final Tensor dFine;

  /** A network of these weights for batches of so many images. */
  public UNet(HostTensors ops, UNetWeights weights, int images) {
    this.ops = ops;
    this.weights = weights;
    shape = weights.shape();
    encoder = new Encoder(ops, shape, weights.encoder(), images);
    fine = encoder.fine();
    after = ResidualLayer.convolutions(fine, weights.after());
    image = ops.allocate(encoder.grid().rows(), shape.channels());
    split = encoder.coarse().allocate(4 * shape.fine());
    fineEnd = fine.allocate(shape.fine());
    normed = fine.allocate(shape.fine());
    places = fine.allocate(4 * shape.channels());
    dCoarse = encoder.coarse().allocate(shape.coarse());
    dFine = fine.allocate(shape.fine());
  }

  /** Images in a batch. */
  public int images() {
    return encoder.grid().images();
  }

  /**
   * What the network says of a batch.
   *
   * @param x image after image, line after line, a pixel's channels together
   * @param times one an image, in 0 to 1
   * @param labels one an image: a class, or the number of classes for none
   * @return as many values as in {@code x}
   */
  public float[] forward(float[] x, double[] times, int[] labels) {
    float[][] features =
        IntStream.range(0, images())
            .mapToObj(i -> shape.features(times[i], labels[i]))
            .toArray(float[][]::new);
    HostPixels pixels = fine.pixels();
    encoder.forward(x, features);
    Tensor joined = after.getFirst().input();
    ops.linear(encoder.end(), weights.split().weight(), split);
    pixels.split(split, fine.grid(), joined);
    fine.gradients().add(encoder.skip(), joined);
    ResidualLayer.forward(after, fineEnd);
    ops.rmsNorm(fineEnd, weights.norm().weight(), Level.EPSILON, normed);
    ops.linear(normed, weights.head().weight(), places);
    pixels.split(places, encoder.grid(), image);
    return read(image);
  }

  /**
   * Adds to every parameter's gradient, after {@link #forward}.
   *
   * @param dOut the gradient of the loss by what it returned
   */
  public void backward(float[] dOut) {
    HostPixels pixels = fine.pixels();
    HostGradients gradients = fine.gradients();
    ops.write(image, 0, dOut);
    pixels.merge(image, encoder.grid(), places);
    gradients.linearWeight(places, normed, weights.head().gradient());
    gradients.linearInput(places, weights.head().weight(), fine.dNormed());
    gradients.clear(dFine);
    Parameter norm = weights.norm();
    gradients.rmsNorm(
        fineEnd, norm.weight(), Level.EPSILON, fine.dNormed(), dFine, norm.gradient());
    ResidualLayer.backward(after, dFine);
    pixels.merge(dFine, fine.grid(), split);
    gradients.linearWeight(split, encoder.end(), weights.split().gradient());
    gradients.linearInput(split, weights.split().weight(), dCoarse);
    encoder.backward(dCoarse, dFine);
  }

  private float[] read(Tensor pixels) {
    float[] values = new float[pixels.rows() * pixels.columns()];
    float[] row = new float[pixels.columns()];
    for (int i = 0; i < pixels.rows(); i++) {
      ops.read(pixels, i, row);
      System.arraycopy(row, 0, values, i * row.length, row.length);
    }
    return values;
  }
}
