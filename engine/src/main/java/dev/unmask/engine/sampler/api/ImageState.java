package dev.unmask.engine.sampler.api;

import java.util.List;
import java.util.stream.Stream;

/**
 * A batch of images at a step, with what a multistep sampler remembers. Its arrays are never
 * written to.
 *
 * @param step the point of the sampler's grid where it stands
 * @param x image after image, channel after channel, line after line: [N × C × H × W]
 * @param images N
 * @param history what earlier steps left for later ones, the newest first
 */
public record ImageState(int step, float[] x, int images, List<float[]> history) {
  /** A state without a past. */
  public static ImageState start(int step, float[] x, int images) {
    return new ImageState(step, x, images, List.of());
  }

  /** The next state, without a past. */
  public ImageState next(float[] changed) {
    return next(changed, List.of());
  }

  /** The next state. */
  public ImageState next(float[] changed, List<float[]> remembered) {
    return new ImageState(step + 1, changed, images, remembered);
  }

  /** The history with a newer entry, cut to so many. */
  public List<float[]> remember(float[] newest, int most) {
    return Stream.concat(Stream.of(newest), history.stream()).limit(most).toList();
  }
}
