package dev.unmask.engine.sampler.masked;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** κ(t): the share of the positions that is filled, which grows from 0 at t = 0 to 1 at t = 1. */
public enum Kappa {
  /** t. */
  LINEAR(t -> t),
  /** 1 − cos(πt / 2): slow at first. */
  COSINE(t -> 1 - StrictMath.cos(Math.PI / 2 * t)),
  /** sin(πt / 2): fast at first. */
  SINE(t -> StrictMath.sin(Math.PI / 2 * t)),
  /** (1 − cos πt) / 2: slow at both ends. */
  SIGMOID(t -> (1 - StrictMath.cos(Math.PI * t)) / 2),
  /** t². */
  SQUARE(t -> t * t),
  /** √t. */
  SQRT(Math::sqrt);

  /** As settings write them. */
  static final List<String> WORDS = Arrays.stream(values()).map(Kappa::word).toList();

  private final DoubleUnaryOperator share;

  Kappa(DoubleUnaryOperator share) {
    this.share = share;
  }

  /** That of a word, if there is one. */
  public static Optional<Kappa> named(String word) {
    return Arrays.stream(values()).filter(kappa -> kappa.word().equals(word)).findFirst();
  }

  /**
   * The first that leaves so many positions masked.
   *
   * @param masked after each step
   * @param free positions
   */
  public static Optional<Kappa> leaving(int[] masked, int free) {
    int[] came = new int[masked.length];
    for (Kappa kappa : values()) {
      Arrays.setAll(came, step -> kappa.masked(free, step + 1, came.length));
      if (Arrays.equals(came, masked)) {
        return Optional.of(kappa);
      }
    }
    return Optional.empty();
  }

  /** How many of the free positions are masked after a step, in float32 as the authors compute. */
  int masked(int free, int step, int steps) {
    float share = (float) (1 - this.share.applyAsDouble(step * (1.0 / steps)));
    return (int) Math.max(0, free * share);
  }

  /** As settings write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
