package dev.unmask.engine.trace;

import dev.unmask.engine.safetensors.Values;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A sequence at a step, with the little that a sampler must remember. Its arrays are never written
 * to.
 *
 * @param step how many steps led here
 * @param tokens one id a position; −1 where the sequence has not reached yet
 * @param marks one byte a position, of {@link Mark}
 * @param time t in [0, 1], 0 is clean
 * @param evaluations NFE so far
 * @param draws how many numbers were drawn from each sequential generator
 * @param memory what the sampler carries, by name, in the type it computes in; sizes never change
 *     in a run
 */
public record TokenState(
    int step,
    int[] tokens,
    byte[] marks,
    double time,
    int evaluations,
    long[] draws,
    Map<String, Values> memory) {
  /** Number of positions. */
  public int length() {
    return tokens.length;
  }

  /** The positions from {@code from} to {@code to − 1} that hold a token, ascending. */
  public int[] positionsOf(int token, int from, int to) {
    return IntStream.range(from, to).filter(i -> tokens[i] == token).toArray();
  }

  /** The same with other tokens. */
  public TokenState withTokens(int[] others) {
    return new TokenState(step, others, marks, time, evaluations, draws, memory);
  }

  /** The same with another memory. */
  public TokenState withMemory(Map<String, Values> other) {
    return new TokenState(step, tokens, marks, time, evaluations, draws, other);
  }

  /** The same after another number of evaluations. */
  public TokenState withEvaluations(int count) {
    return new TokenState(step, tokens, marks, time, count, draws, memory);
  }

  /** The same with other counts of drawn numbers. */
  public TokenState withDraws(long... counts) {
    return new TokenState(step, tokens, marks, time, evaluations, counts, memory);
  }
}
