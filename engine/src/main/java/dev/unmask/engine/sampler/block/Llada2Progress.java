package dev.unmask.engine.sampler.block;

import dev.unmask.engine.InputException;
import dev.unmask.engine.safetensors.Values;
import dev.unmask.engine.sampler.api.Memory;
import dev.unmask.engine.trace.TokenState;
import java.util.Map;

/**
 * How far {@link Llada2} has come; it is in the trace's memory.
 *
 * @param block the block that is written, the number of blocks if nothing is left to do
 * @param steps evaluations of it that found masks
 * @param postSteps evaluations of it that found none
 */
record Llada2Progress(int block, int steps, int postSteps) {
  private static final String NAME = "progress";

  /**
   * That of a state.
   *
   * @throws InputException if the state has none that can be
   */
  static Llada2Progress of(TokenState state) {
    if (state.memory().get(NAME) instanceof Values.I32(int[] data)
        && data.length == 3
        && data[0] >= 0
        && data[0] <= state.length()
        && data[1] >= 0
        && data[2] >= 0) {
      return new Llada2Progress(data[0], data[1], data[2]);
    }
    throw Memory.unsound(NAME);
  }

  Map<String, Values> memory() {
    return Map.of(NAME, new Values.I32(new int[] {block, steps, postSteps}));
  }

  /** After one evaluation more. */
  Llada2Progress evaluated(boolean foundMasks) {
    return new Llada2Progress(
        block, steps + (foundMasks ? 1 : 0), postSteps + (foundMasks ? 0 : 1));
  }

  /** A block that is not evaluated yet. */
  static Llada2Progress at(int block) {
    return new Llada2Progress(block, 0, 0);
  }
}
