package dev.unmask.engine.trace;

/**
 * What a sampler decided from one prediction.
 *
 * @param predicted x̂0 a position: the draw, or the argmax where none is drawn; −1 where none was
 *     asked for
 * @param confidence the score that the sampler ranked by, or if it ranks by none p(x_0) of what it
 *     predicted; NaN where none
 * @param next the state after the decision
 * @param grounds what decided, {@link Grounds#NONE} if the sampler does not tell
 */
public record TokenStep(int[] predicted, float[] confidence, TokenState next, Grounds grounds) {
  /** Of a sampler that does not tell what decided. */
  public TokenStep(int[] predicted, float[] confidence, TokenState next) {
    this(predicted, confidence, next, Grounds.NONE);
  }

  /** The same decision before another state, as a branch edits it. */
  public TokenStep leadingTo(TokenState other) {
    return new TokenStep(predicted, confidence, other, grounds);
  }
}
