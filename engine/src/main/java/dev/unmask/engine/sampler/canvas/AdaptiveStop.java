package dev.unmask.engine.sampler.canvas;

import dev.unmask.engine.safetensors.Values;
import dev.unmask.engine.sampler.api.Logits;
import dev.unmask.engine.sampler.api.Memory;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.trace.TokenState;
import java.util.Arrays;
import java.util.Map;

/**
 * Ends a canvas early, once its most probable tokens stay the same and are sure.
 *
 * @param entropy the mean entropy of a position, in nats, below which they are sure; 0 never ends
 *     early
 * @param stability how many evaluations before must have had the same most probable tokens
 */
record AdaptiveStop(double entropy, int stability) {
  static final Setting.Real ENTROPY =
      new Setting.Real(
          "stop-entropy",
          0.0,
          0,
          100,
          "The mean entropy of a position, in nats, below which a block ends early if its most"
              + " probable tokens stay the same; 0 never ends early");
  static final Setting.Whole STABILITY =
      new Setting.Whole(
          "stop-stability",
          1,
          1,
          1000,
          "How many evaluations before must have had the same most probable tokens to end early");

  /**
   * Memory: the most probable tokens of the evaluations before, [stability × length], newest first,
   * −1 where there are none.
   */
  private static final String NAME = "argmax";

  static AdaptiveStop of(Settings settings) {
    return new AdaptiveStop(settings.get(ENTROPY), settings.get(STABILITY));
  }

  private boolean isOn() {
    return entropy > 0;
  }

  /** What is remembered of a sequence before its first evaluation. */
  Map<String, Values> memory(int length) {
    int[] history = new int[isOn() ? stability * length : 0];
    Arrays.fill(history, -1);
    return memory(history);
  }

  private Map<String, Values> memory(int[] history) {
    return isOn() ? Map.of(NAME, new Values.I32(history)) : Map.of();
  }

  /** What is remembered after an evaluation with these logits, a row for each position. */
  Map<String, Values> remember(TokenState state, int[] positions, float[][] logits) {
    int[] history = history(state.memory());
    int length = state.length();
    for (int age = stability - 1; isOn() && age > 0; age--) {
      System.arraycopy(history, (age - 1) * length, history, age * length, length);
    }
    for (int i = 0; isOn() && i < positions.length; i++) {
      history[positions[i]] = Logits.argmax(logits[i]);
    }
    return memory(history);
  }

  /** Whether, with these logits, a row for each position, the canvas may end. */
  boolean isReached(TokenState state, int[] positions, float[][] logits) {
    if (!isOn()) {
      return false;
    }
    int[] history = history(state.memory());
    for (int i = 0; i < positions.length; i++) {
      for (int place = positions[i]; place < history.length; place += state.length()) {
        if (history[place] != Logits.argmax(logits[i])) {
          return false;
        }
      }
    }
    return Arrays.stream(logits).mapToDouble(Logits::entropy).average().orElse(0) < entropy;
  }

  /** The most probable tokens of the last evaluation. */
  int[] latest(Map<String, Values> memory, int[] positions) {
    int[] history = history(memory);
    return Arrays.stream(positions).map(position -> history[position]).toArray();
  }

  private int[] history(Map<String, Values> memory) {
    if (!isOn()) {
      return new int[0];
    }
    if (memory.get(NAME) instanceof Values.I32(int[] history) && history.length % stability == 0) {
      return history.clone();
    }
    throw Memory.unsound(NAME);
  }
}
