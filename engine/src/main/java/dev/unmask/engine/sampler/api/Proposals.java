package dev.unmask.engine.sampler.api;

import dev.unmask.engine.trace.Grounds;
import dev.unmask.engine.trace.Measure;
import dev.unmask.engine.trace.Rule;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * What a step could commit.
 *
 * @param positions that were asked about, ascending
 * @param tokens predicted at each of them
 * @param scores of each of them: what ranks them, recorded as their confidence
 * @param measure what the scores are
 */
public record Proposals(int[] positions, int[] tokens, float[] scores, Measure measure) {
  /** The grounds of a step in which one rule decided about all of them. */
  public Grounds all(Rule rule) {
    return Grounds.of(measure, rule, positions.length);
  }

  /** The grounds of a step that found nothing but masks to take, and took these. */
  public Grounds insteadOfMasks(int[] chosen) {
    Rule[] rules = new Rule[positions.length];
    Arrays.fill(rules, Rule.UNTOLD);
    for (int i : chosen) {
      rules[i] = Rule.INSTEAD_OF_MASK;
    }
    return Grounds.of(measure, rules);
  }

  /**
   * The grounds of a step that takes what a threshold lets pass, at least something, and at most
   * its quota.
   *
   * @param chosen indexes of positions
   * @param sure whether that of an index passes the threshold
   */
  public Grounds passing(int[] chosen, IntPredicate sure) {
    boolean[] taken = new boolean[positions.length];
    for (int i : chosen) {
      taken[i] = true;
    }
    Rule[] rules = new Rule[taken.length];
    for (int i = 0; i < rules.length; i++) {
      boolean alone = taken[i] == sure.test(i);
      rules[i] = alone ? Rule.THRESHOLD : taken[i] ? Rule.FORCED : Rule.RANK;
    }
    return Grounds.of(measure, rules);
  }

  /**
   * The step that commits some of them and keeps the others masked.
   *
   * @param chosen indexes of positions
   * @param grounds of each of positions
   * @param next the state with the tokens after the step
   */
  public TokenStep commit(
      TokenState state, int[] chosen, Grounds grounds, Function<int[], TokenState> next) {
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
    return new TokenStep(
        predicted, confidence, next.apply(after), grounds.at(positions, state.length()));
  }
}
