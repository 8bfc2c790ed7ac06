package dev.unmask.engine.trace;

/**
 * All that a trace keeps of one step of tokens.
 *
 * @param decision what the sampler decided
 * @param entropy of the predicted distribution, in nats a position; NaN where none was asked for
 * @param context the step whose state filled the key-value cache, −1 for none
 */
public record TokenRecord(TokenStep decision, float[] entropy, Candidates candidates, int context)
    implements StepRecord<TokenState> {
  @Override
  public TokenState next() {
    return decision.next();
  }

  @Override
  public int evaluations() {
    return decision.next().evaluations();
  }

  /** The same before another state, as a branch edits it. */
  public TokenRecord leadingTo(TokenState other) {
    return new TokenRecord(decision.leadingTo(other), entropy, candidates, context);
  }
}
