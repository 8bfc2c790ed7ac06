package dev.unmask.engine.reference;

import java.util.Optional;

/** First differences, in words. Steps count from 1, and step 0 is the start; positions from 0. */
public final class Comparison {
  private Comparison() {}

  /** Of the tokens after a step. */
  public static Optional<String> tokens(int step, int[] recorded, int[] came) {
    if (recorded.length != came.length) {
      return Optional.of(
          "step %d: %d positions were recorded and %d came"
              .formatted(step, recorded.length, came.length));
    }
    for (int i = 0; i < recorded.length; i++) {
      if (recorded[i] != came[i]) {
        return Optional.of(
            "step %d, position %d: token %d was recorded and %d came"
                .formatted(step, i, recorded[i], came[i]));
      }
    }
    return Optional.empty();
  }

  /**
   * Of the confidence at a position in a step; none where none was recorded.
   *
   * @param tolerance absolute
   */
  static Optional<String> confidence(
      int step, int position, float recorded, float came, float tolerance) {
    // Infinities are equal, though nothing is left of their difference.
    if (Float.isNaN(recorded) || recorded == came || Math.abs(recorded - came) <= tolerance) {
      return Optional.empty();
    }
    return Optional.of(
        "step %d, position %d: confidence %s was recorded and %s came"
            .formatted(step, position, recorded, came));
  }

  /**
   * Of the confidences at some positions in a step.
   *
   * @param recorded one for each of the positions
   * @param came one for each position of the sequence
   * @param tolerance absolute
   */
  public static Optional<String> confidences(
      int step, int[] positions, float[] recorded, float[] came, float tolerance) {
    for (int i = 0; i < Math.min(positions.length, recorded.length); i++) {
      if (positions[i] < 0 || positions[i] >= came.length) {
        return Optional.of(
            "step %d: position %d was recorded and there are %d"
                .formatted(step, positions[i], came.length));
      }
      Optional<String> found =
          confidence(step, positions[i], recorded[i], came[positions[i]], tolerance);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
