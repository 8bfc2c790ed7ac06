package dev.unmask.engine.trace;

/**
 * What a step's confidences are, where its sampler tells. Its place here is its number in a file:
 * new ones come last.
 */
public enum Measure {
  /** The sampler does not tell. */
  UNTOLD("confidence"),
  /** The denoiser's own probability of the token. */
  PROBABILITY("confidence"),
  /** The token's probability after temperature, top-p, top-k or a nucleus. */
  DRAWN_FROM("confidence"),
  /** The logarithm of the token's probability. */
  LOG_PROBABILITY("log-probability"),
  /** The logarithm of the token's probability, with random noise. */
  NOISY("log-probability with noise"),
  /** How far the most probable token is ahead of the second. */
  MARGIN("margin"),
  /** The negative entropy of the prediction, in nats. */
  NEGATIVE_ENTROPY("negative entropy"),
  /** A random number. */
  RANDOM("random number"),
  /** A score of another kind. */
  SCORE("score");

  private final String words;

  Measure(String words) {
    this.words = words;
  }

  /** Its name for people. */
  public String words() {
    return words;
  }

  static Measure of(byte number) {
    return number > 0 && number < values().length ? values()[number] : UNTOLD;
  }
}
