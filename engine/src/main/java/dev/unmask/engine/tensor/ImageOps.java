package dev.unmask.engine.tensor;

/**
 * The operations that convolutional networks have besides a transformer's. The rows of a matrix are
 * pixels, as a {@link Grid} says; the columns are channels.
 */
public interface ImageOps extends TensorOps {
  /** How many columns a pixel and the eight around it have together. */
  static int neighbourhood(int channels) {
    return HostPixels.neighbourhood(channels);
  }

  /**
   * A three by three convolution, out = around · weightᵀ: a pixel's row of around holds the
   * channels of the nine pixels around it, line by line and zeros outside of the image, and then
   * what is told of its image, a bias's one for example.
   *
   * @param context a row for each image
   * @param weight [out channels × 9 · channels + columns of context]
   */
  void convolution(Tensor x, Tensor context, Grid grid, Tensor weight, Tensor out);

  /**
   * Halves height and width: out's row holds the channels of two by two pixels, line by line.
   *
   * @param grid of x; height and width are even
   */
  void pixelUnshuffle(Tensor x, Grid grid, Tensor out);

  /** The inverse of {@link #pixelUnshuffle}; {@code grid} is out's. */
  void pixelShuffle(Tensor x, Grid grid, Tensor out);

  /** out's row is the mean of an image's pixels. */
  void meanPool(Tensor x, Grid grid, Tensor out);

  /**
   * Group normalisation (https://arxiv.org/abs/1803.08494, equations 1 to 3): mean and variance are
   * those of an image's pixels in equally many adjacent channels; gain and shift have one row.
   *
   * @param groups a divisor of the number of channels
   */
  void groupNorm(
      Tensor x, Grid grid, int groups, Tensor gain, Tensor shift, float epsilon, Tensor out);
}
