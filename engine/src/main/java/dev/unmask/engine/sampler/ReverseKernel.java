package dev.unmask.engine.sampler;

import dev.unmask.engine.safetensors.Values;
import dev.unmask.engine.trace.TokenState;
import java.util.Map;

/** What tells the ancestral samplers of absorbing processes apart. */
interface ReverseKernel {
  /**
   * The step between two times.
   *
   * @param t in (0, 1]
   * @param s in [0, t)
   */
  Transition transition(TokenState state, float t, float s);

  /** What is remembered of a sequence before its first step. */
  default Map<String, Values> memory(int length) {
    return Map.of();
  }

  /**
   * What is remembered after a step.
   *
   * @param tokens after the step
   * @param probability p(x_0) of each token drawn in it
   */
  default Map<String, Values> memory(
      TokenState before, int[] tokens, float[] probability, int maskId) {
    return Map.of();
  }
}
