package dev.unmask.app.images;

import dev.unmask.engine.trace.BatchShape;
import java.util.Optional;

/**
 * An image, what noise makes of it, and what came back of it.
 *
 * @param shape of one image
 * @param noised in units in which a clean image goes from −1 to 1
 * @param back the end of a run that started there, once there is one
 */
public record RoundTrip(BatchShape shape, float[] clean, float[] noised, Optional<float[]> back) {
  /** How far what came back is from the original: the root of the mean square, of at most 2. */
  public Optional<Double> distance() {
    return back.map(
        came -> {
          double sum = 0;
          for (int i = 0; i < came.length; i++) {
            sum += (came[i] - clean[i]) * (came[i] - clean[i]);
          }
          return Math.sqrt(sum / came.length);
        });
  }

  /** What came back, less the original. */
  Optional<float[]> change() {
    return back.map(
        came -> {
          float[] change = new float[came.length];
          for (int i = 0; i < change.length; i++) {
            change[i] = came[i] - clean[i];
          }
          return change;
        });
  }
}
