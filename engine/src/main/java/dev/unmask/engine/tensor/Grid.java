package dev.unmask.engine.tensor;

/**
 * How the rows of a matrix are the pixels of images: image after image, line after line; the
 * columns are the channels.
 */
public record Grid(int images, int height, int width) {
  /** Rows of the matrix. */
  public int rows() {
    return images * height * width;
  }

  /** The grid with one pixel for each two by two. */
  public Grid halved() {
    return new Grid(images, height / 2, width / 2);
  }
}
