package dev.unmask.engine.sampler;

import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import java.util.Arrays;
import java.util.function.Function;

/**
 * What a step could commit.
 *
 * @param positions that were asked about, ascending
 * @param tokens predicted at each of them
 * @param scores of each of them: what ranks them, recorded as their confidence
 */
record Proposals(int[] positions, int[] tokens, float[] scores) {
  /**
   * The step that commits some of them and keeps the others masked.
   *
   * @param chosen indexes of positions
   * @param next the state with the tokens after the step
   */
  TokenStep commit(TokenState state, int[] chosen, Function<int[], TokenState> next) {
    int[] predicted = new int[state.length()];
    float[] confidence = new float[state.length()];
    Arrays.fill(predicted, -1);
    Arrays.fill(confidence, Float.NaN);
    for (int i = 0; i < positions.length; i++) {
      predicted[positions[i]] = tokens[i];
      confidence[positions[i]] = scores[i];
    }
    int[] after = state.tokens().clone();
    for (int i : chosen) {
      after[positions[i]] = tokens[i];
    }
    return new TokenStep(predicted, confidence, next.apply(after));
  }
}
