package dev.unmask.engine.trace;

/** The size of a batch: N images of C channels, H lines and W columns. */
public record BatchShape(int images, int channels, int height, int width) {
  /** Values of an image. */
  public int image() {
    return channels * height * width;
  }

  /** Values of the batch. */
  public int values() {
    return images * image();
  }
}
