package dev.unmask.engine.denoiser;

import java.util.OptionalDouble;

/**
 * What a request has to do with other evaluations, whose keys and values serve again instead of
 * being computed (a key-value cache). It says what they were computed from, and so decides the
 * prediction by itself: a denoiser that does not hold them any more computes them again.
 */
public sealed interface Context {
  /** Nothing. */
  Context NONE = new None();

  /** Its own keys and values will serve later requests. */
  Context KEPT = new Kept();

  /** Nothing. */
  record None() implements Context {}

  /** Its own keys and values will serve later requests; it shows a whole sequence. */
  record Kept() implements Context {}

  /**
   * Those of a sequence that was evaluated, under the attention of the request, before. The
   * request's slots, which follow one another, stand in for those at the same positions, and may go
   * on where they end (<a href="https://arxiv.org/abs/2505.22618">Fast-dLLM</a>, section 3.2).
   *
   * @param step whose state the sequence is of
   * @param ids from position 0 on
   * @param time that was told with them, if any
   */
  record Earlier(int step, int[] ids, OptionalDouble time) implements Context {}
}
