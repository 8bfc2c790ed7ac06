package dev.unmask.engine.reference;

import java.util.Optional;

/** First differences between logits of a transformer. */
public final class LogitsComparison {
  /** Absolute, of a logit. */
  private static final float TOLERANCE = 1e-3f;

  private LogitsComparison() {}

  /** Of as many logits as were recorded at a position. */
  public static Optional<String> row(int position, float[] recorded, float[] came) {
    if (recorded.length > came.length) {
      return Optional.of(
          "position %d: %d logits were recorded and %d came"
              .formatted(position, recorded.length, came.length));
    }
    for (int token = 0; token < recorded.length; token++) {
      if (!(Math.abs(recorded[token] - came[token]) <= TOLERANCE)) {
        return Optional.of(
            "position %d: logit %s of token %d was recorded and %s came"
                .formatted(position, recorded[token], token, came[token]));
      }
    }
    return Optional.empty();
  }

  /** Of as many first positions as were recorded. */
  public static Optional<String> rows(float[][] recorded, float[][] came) {
    if (recorded.length > came.length) {
      return Optional.of(
          "logits of %d positions were recorded and of %d came"
              .formatted(recorded.length, came.length));
    }
    Optional<String> found = Optional.empty();
    for (int position = 0; position < recorded.length && found.isEmpty(); position++) {
      found = row(position, recorded[position], came[position]);
    }
    return found;
  }
}
