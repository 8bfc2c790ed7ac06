package dev.unmask.app.compare;

/** What runs race by. */
public enum RaceClock {
  /** Seconds on this computer. */
  TIME("clock"),
  /** Evaluations of the denoiser. */
  EVALUATIONS("evaluations");

  private final String words;

  RaceClock(String words) {
    this.words = words;
  }

  /** Its name for people. */
  String words() {
    return words;
  }
}
