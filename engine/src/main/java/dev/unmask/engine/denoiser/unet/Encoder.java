package dev.unmask.engine.denoiser.unet;

import dev.unmask.engine.tensor.Grid;
import dev.unmask.engine.tensor.ImageOps;
import dev.unmask.engine.tensor.Tensor;
import java.util.List;

/**
 * A network's first half: the fine level's stream is halved in height and width and worked on
 * together with attention.
 */
final class Encoder {
  private final ImageOps ops;
  private final NetworkWeights.Encoder weights;
  private final Grid grid;
  private final Level fine;
  private final Level coarse;
  private final Tensor image;
  private final Tensor context;
  private final Tensor places;
  private final Tensor merged;
  private final Tensor qkv;

  Encoder(ImageOps ops, UNetShape shape, NetworkWeights.Encoder weights, int images) {
    this.ops = ops;
    this.weights = weights;
    grid = new Grid(images, shape.height(), shape.width());
    image = ops.allocate(grid.rows(), shape.channels());
    context = ops.allocate(images, shape.features());
    fine = Level.allocate(ops, grid.halved(), shape.fine(), context);
    coarse = Level.allocate(ops, grid.halved().halved(), shape.coarse(), context);
    places = fine.allocate(4 * shape.channels());
    merged = coarse.allocate(4 * shape.fine());
    qkv = coarse.allocate(3 * shape.coarse());
  }

  Grid grid() {
    return grid;
  }

  Level fine() {
    return fine;
  }

  Level coarse() {
    return coarse;
  }

  /**
   * Leaves what it made of a batch in the streams of both levels.
   *
   * @param x image after image, line after line, a pixel's channels together
   * @param features of each image
   */
  void forward(float[] x, float[][] features) {
    for (int i = 0; i < features.length; i++) {
      ops.write(context, i, features[i]);
    }
    ops.write(image, 0, x);
    // stem: patches of 2 × 2 pixels, embedded
    ops.pixelUnshuffle(image, grid, places);
    ops.linear(places, weights.stem().weight(), fine.stream());
    // fine level
    fine.convolve(weights.fine());
    // downsampling
    ops.pixelUnshuffle(fine.stream(), fine.grid(), merged);
    ops.linear(merged, weights.merge().weight(), coarse.stream());
    // bottleneck: convolutions, and self-attention behind the first
    List<NetworkWeights.Convolution> layers = weights.coarse();
    coarse.convolve(layers.subList(0, 1));
    coarse.attend(weights.attention(), qkv);
    coarse.convolve(layers.subList(1, layers.size()));
  }
}
