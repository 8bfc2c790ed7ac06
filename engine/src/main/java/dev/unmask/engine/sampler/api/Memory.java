package dev.unmask.engine.sampler.api;

import dev.unmask.engine.InputException;
import dev.unmask.engine.safetensors.Values;
import dev.unmask.engine.trace.TokenState;
import java.util.Arrays;

/** What a state remembers, checked: traces come from files. */
public final class Memory {
  private Memory() {}

  /** A count, for {@link #count} to read. */
  public static Values of(int count) {
    return new Values.I32(new int[] {count});
  }

  /** A count of positions: one number from 0 to the state's length. */
  public static int count(TokenState state, String name) {
    if (state.memory().get(name) instanceof Values.I32(int[] data)
        && data.length == 1
        && data[0] >= 0
        && data[0] <= state.length()) {
      return data[0];
    }
    throw unsound(name);
  }

  /** A token at each position, of so many that there are. */
  public static int[] tokens(TokenState state, String name, int vocabulary) {
    if (state.memory().get(name) instanceof Values.I32(int[] data)
        && data.length == state.length()
        && Arrays.stream(data).allMatch(token -> token >= 0 && token < vocabulary)) {
      return data;
    }
    throw unsound(name);
  }

  /** A float64 number of each position. */
  public static double[] scores(TokenState state, String name) {
    if (state.memory().get(name) instanceof Values.F64(double[] data)
        && data.length == state.length()) {
      return data;
    }
    throw unsound(name);
  }

  /** What is thrown for a memory that is missing or cannot be. */
  public static InputException unsound(String name) {
    return new InputException(
        "The trace has no sound memory.%s, so its sampler cannot go on from it; start a new run."
            .formatted(name));
  }
}
