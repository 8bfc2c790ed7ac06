package dev.unmask.app.picture;

/** What the colours of cells tell. */
public enum Colouring {
  /** What happened to each position. */
  STATE("State"),
  /** The sampler's score of the prediction; for a token that is there, of its commit. */
  CONFIDENCE("Confidence"),
  /** Of the predicted distribution. */
  ENTROPY("Entropy, nats"),
  /** The step that put the token, from the first to the last that is planned. */
  COMMIT_ORDER("Commit order"),
  /** Whether the token, or the prediction, is what stands there in the end. */
  AGREEMENT("Agreement with the final token (hindsight)");

  private final String words;

  Colouring(String words) {
    this.words = words;
  }

  /** Its name for people. */
  public String words() {
    return words;
  }
}
