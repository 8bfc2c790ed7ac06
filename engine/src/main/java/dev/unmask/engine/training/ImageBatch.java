package dev.unmask.engine.training;

/**
 * Images that a network sees, and what it should say of them, image after image.
 *
 * @param times in [0, 1), one an image
 * @param labels one an image; the number of classes where it was left out
 */
public record ImageBatch(float[] x, float[] target, double[] times, int[] labels) {
  static ImageBatch allocate(int images, int values) {
    return new ImageBatch(
        new float[images * values],
        new float[images * values],
        new double[images],
        new int[images]);
  }
}
