package dev.unmask.engine.denoiser.unet;

import dev.unmask.engine.tensor.ImageOps;
import dev.unmask.engine.tensor.Tensor;
import java.util.stream.IntStream;

/**
 * A U-Net (https://arxiv.org/abs/1505.04597, as DDPM uses it, https://arxiv.org/abs/2006.11239) on
 * a batch of images: what the coarse level made of the fine level's stream is brought back and
 * added to what it was.
 */
public final class UNet {
  private final UNetShape shape;
  private final ImageOps ops;
  private final UNetWeights weights;
  private final Encoder encoder;
  private final Tensor split;
  private final Tensor upsampled;
  private final Tensor places;
  private final Tensor image;

  /**
   * A network of these weights for batches of so many images.
   *
   * @param ops where the weights are, or a tape to train them
   */
  public UNet(ImageOps ops, UNetWeights weights, int images) {
    this.ops = ops;
    this.weights = weights;
    shape = weights.shape();
    encoder = new Encoder(ops, shape, weights.encoder(), images);
    split = encoder.coarse().allocate(4 * shape.fine());
    upsampled = encoder.fine().allocate(shape.fine());
    places = encoder.fine().allocate(4 * shape.channels());
    image = ops.allocate(encoder.grid().rows(), shape.channels());
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
   * @return a row for each pixel; the next call writes over it
   */
  public Tensor forward(float[] x, double[] times, int[] labels) {
    float[][] features =
        IntStream.range(0, images())
            .mapToObj(i -> shape.features(times[i], labels[i]))
            .toArray(float[][]::new);
    Level fine = encoder.fine();
    encoder.forward(x, features);
    // upsampling
    ops.linear(encoder.coarse().stream(), weights.split().weight(), split);
    ops.pixelShuffle(split, fine.grid(), upsampled);
    // skip connection
    ops.add(upsampled, fine.stream());
    fine.convolve(weights.after());
    // head: final norm, patches back to pixels
    ops.rmsNorm(fine.stream(), weights.norm().weight(), Level.EPSILON, fine.normed());
    ops.linear(fine.normed(), weights.head().weight(), places);
    ops.pixelShuffle(places, encoder.grid(), image);
    return image;
  }
}
