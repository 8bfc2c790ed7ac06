package dev.unmask.engine.denoiser.unet;

import dev.unmask.engine.tensor.AttentionShape;
import dev.unmask.engine.tensor.Grid;
import dev.unmask.engine.tensor.ImageOps;
import dev.unmask.engine.tensor.Tensor;
import java.util.List;

/**
 * One level's pixels, and the layers that add to them.
 *
 * @param context what each image is told
 * @param stream the residual stream
 * @param normed the stream after a norm
 * @param gateUp the wide side of a layer of convolutions
 * @param gated what its activation leaves
 */
record Level(
    ImageOps ops,
    Grid grid,
    Tensor context,
    Tensor stream,
    Tensor normed,
    Tensor gateUp,
    Tensor gated) {
  static final float EPSILON = 1e-5f;

  static Level allocate(ImageOps ops, Grid grid, int channels, Tensor context) {
    int rows = grid.rows();
    return new Level(
        ops,
        grid,
        context,
        ops.allocate(rows, channels),
        ops.allocate(rows, channels),
        ops.allocate(rows, 2 * channels),
        ops.allocate(rows, channels));
  }

  /** A matrix with a row for each pixel. */
  Tensor allocate(int columns) {
    return ops.allocate(grid.rows(), columns);
  }

  /**
   * A three by three convolution of the normalised stream and the image's context, gated (SwiGLU,
   * https://arxiv.org/abs/2002.05202), and a product back into the stream; layer after layer.
   */
  void convolve(List<NetworkWeights.Convolution> layers) {
    for (NetworkWeights.Convolution layer : layers) {
      // pre-norm, gated convolution, 1 × 1 convolution, residual
      ops.rmsNorm(stream, layer.norm().weight(), EPSILON, normed);
      ops.convolution(normed, context, grid, layer.gateUp().weight(), gateUp);
      ops.swiglu(gateUp, gated);
      ops.linearAdd(gated, layer.down().weight(), stream);
    }
  }

  /**
   * Attention of all of an image's places to each other; where they are, convolutions tell.
   *
   * @param qkv memory for queries, keys and values
   */
  void attend(NetworkWeights.Attention layer, Tensor qkv) {
    int heads = stream.columns() / UNetShape.HEAD_SIZE;
    int places = grid.height() * grid.width();
    AttentionShape shape =
        new AttentionShape(grid.images(), places, heads, heads, UNetShape.HEAD_SIZE);
    // pre-norm, QKV projection, self-attention, output projection, residual
    ops.rmsNorm(stream, layer.norm().weight(), EPSILON, normed);
    ops.linear(normed, layer.qkv().weight(), qkv);
    ops.attention(qkv, shape, gated);
    ops.linearAdd(gated, layer.out().weight(), stream);
  }
}
