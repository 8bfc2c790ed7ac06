package dev.unmask.engine.denoiser;

/** The size of an image: C × H × W. */
public record ImageShape(int channels, int height, int width) {
  /** Values in an image. */
  public int values() {
    return channels * height * width;
  }
}
