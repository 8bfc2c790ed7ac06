package dev.unmask.engine.sampler.canvas;

import dev.unmask.engine.InputException;
import dev.unmask.engine.safetensors.Values;
import dev.unmask.engine.sampler.api.Memory;
import dev.unmask.engine.trace.TokenState;

/**
 * How far a sampler of canvases has come; it is in the trace's memory.
 *
 * @param answer the first position that is written
 * @param from where the canvas begins; the sequence's length if nothing is left to do
 * @param step evaluations of the canvas so far
 * @param isSure whether the canvas ends early, once its corrections are done
 */
record CanvasProgress(int answer, int from, int step, boolean isSure) {
  /** Memory: the four numbers. */
  static final String NAME = "canvas";

  /**
   * That of a state.
   *
   * @throws InputException if the state has none that can be
   */
  static CanvasProgress of(TokenState state) {
    if (state.memory().get(NAME) instanceof Values.I32(int[] data)
        && data.length == 4
        && 0 <= data[0]
        && data[0] <= data[1]
        && data[1] <= state.length()
        && data[2] >= 0) {
      return new CanvasProgress(data[0], data[1], data[2], data[3] != 0);
    }
    throw Memory.unsound(NAME);
  }

  Values values() {
    return new Values.I32(new int[] {answer, from, step, isSure ? 1 : 0});
  }

  /** The same canvas after one evaluation more. */
  CanvasProgress evaluated(boolean sure) {
    return new CanvasProgress(answer, from, step + 1, sure);
  }

  /** A canvas that is not evaluated yet. */
  CanvasProgress at(int start) {
    return new CanvasProgress(answer, start, 0, false);
  }
}
