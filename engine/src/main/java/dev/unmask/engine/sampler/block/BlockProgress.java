package dev.unmask.engine.sampler.block;

import dev.unmask.engine.InputException;
import dev.unmask.engine.safetensors.Values;
import dev.unmask.engine.sampler.api.Memory;
import dev.unmask.engine.trace.TokenState;

/**
 * How far block diffusion has come; it is in the trace's memory.
 *
 * @param from where the block that is being filled begins; the sequence's length if none is
 * @param step steps of that block so far
 */
record BlockProgress(int from, int step) {
  /** Memory: the two numbers. */
  static final String NAME = "block";

  /**
   * That of a state.
   *
   * @throws InputException if the state has none that can be
   */
  static BlockProgress of(TokenState state) {
    if (state.memory().get(NAME) instanceof Values.I32(int[] data)
        && data.length == 2
        && 0 <= data[0]
        && data[0] <= state.length()
        && data[1] >= 0) {
      return new BlockProgress(data[0], data[1]);
    }
    throw Memory.unsound(NAME);
  }

  Values values() {
    return new Values.I32(new int[] {from, step});
  }
}
