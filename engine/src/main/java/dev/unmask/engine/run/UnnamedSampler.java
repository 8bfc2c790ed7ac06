package dev.unmask.engine.run;

import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.sampler.api.BlockPosition;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.trace.Invariant;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import dev.unmask.engine.trace.Trace;
import java.util.Set;

/**
 * Stands for the sampler of a trace that names none known here, or one that may not be run. It
 * filled one block in the steps that there are; what it may do is unknown, so only what no sampler
 * may do is a breach.
 *
 * @param why that is so, in a sentence
 */
record UnnamedSampler(Trace<TokenState, TokenRecord> trace, String why) implements TokenSampler {
  @Override
  public RowMeaning rowMeaning() {
    return RowMeaning.CLEAN_LOGITS;
  }

  @Override
  public Set<Invariant> invariants() {
    return Set.of(
        Invariant.GIVEN_STAYS, Invariant.CONFIDENCE_FINITE, Invariant.PROBABILITIES_POSSIBLE);
  }

  @Override
  public boolean finished(TokenState state) {
    return state.step() == trace.steps();
  }

  @Override
  public int plannedSteps(TokenState state) {
    return trace.steps();
  }

  @Override
  public BlockPosition block(TokenState state) {
    return new BlockPosition(0, 1, 0, state.length());
  }

  @Override
  public TokenState start(int[] tokens, byte[] marks, RandomSource random) {
    throw unknown();
  }

  @Override
  public Request request(TokenState state) {
    throw unknown();
  }

  @Override
  public TokenStep step(TokenState state, Prediction prediction, RandomSource random) {
    throw unknown();
  }

  private static IllegalStateException unknown() {
    return new IllegalStateException("an unnamed sampler takes no steps");
  }
}
