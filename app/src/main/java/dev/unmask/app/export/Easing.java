package dev.unmask.app.export;

/** How a picture turns into the next one where a step lasts for several frames. */
public enum Easing {
  /** At once. */
  NONE,
  /** Evenly. */
  LINEAR,
  /** Slowly at both ends. */
  SMOOTH;

  /**
   * How much of the next picture is seen.
   *
   * @param share of the time from a step to the next that has passed, in [0, 1)
   */
  double of(double share) {
    return switch (this) {
      case NONE -> 0;
      case LINEAR -> share;
      case SMOOTH -> share * share * (3 - 2 * share);
    };
  }
}
