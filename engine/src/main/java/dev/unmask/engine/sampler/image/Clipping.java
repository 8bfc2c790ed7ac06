package dev.unmask.engine.sampler.image;

import dev.unmask.engine.noise.gaussian.Pixels;
import java.util.Arrays;

/** Keeps x̂0 where images are. */
@FunctionalInterface
public interface Clipping {
  /** Leaves it as it is. */
  Clipping NONE = (predicted, _) -> predicted;

  /**
   * Clips.
   *
   * @param images how many images there are in the batch
   */
  float[] apply(float[] predicted, int images);

  /** To a range around 0. */
  static Clipping to(float most) {
    return (predicted, _) ->
        Pixels.each(predicted.length, i -> Math.clamp(predicted[i], -most, most));
  }

  /**
   * To what a share of an image's values do not exceed, at least 1, and then scales it to 1
   * (Saharia et al. 2022, https://arxiv.org/abs/2205.11487, section 2.3).
   *
   * @param share in [0, 1]
   * @param most of the threshold
   */
  static Clipping dynamic(double share, double most) {
    return (predicted, images) -> {
      int size = predicted.length / images;
      float[] thresholds =
          Pixels.each(
              images,
              i -> (float) Math.min(most, Math.max(1, quantile(predicted, i * size, size, share))));
      return Pixels.each(
          predicted.length,
          i ->
              Math.clamp(predicted[i], -thresholds[i / size], thresholds[i / size])
                  / thresholds[i / size]);
    };
  }

  private static double quantile(float[] values, int from, int size, double share) {
    float[] sorted = Pixels.each(size, i -> Math.abs(values[from + i]));
    Arrays.sort(sorted);
    double place = share * (size - 1);
    int below = (int) place;
    int above = Math.min(below + 1, size - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
