package dev.unmask.app.compare;

import dev.unmask.engine.trace.TraceComparison;

/** Which steps of two traces are shown together. */
public enum Alignment {
  /** The same steps. */
  STEP("by step") {
    @Override
    int[] rightSteps(TraceComparison comparison) {
      return comparison.alignedByStep();
    }
  },
  /** Those with as large a share of the positions unmasked. */
  SHARE("by share unmasked") {
    @Override
    int[] rightSteps(TraceComparison comparison) {
      return comparison.alignedByShare();
    }
  };

  private final String words;

  Alignment(String words) {
    this.words = words;
  }

  /** For each step of the left one, from the start, one of the right. */
  abstract int[] rightSteps(TraceComparison comparison);

  @Override
  public String toString() {
    return words;
  }
}
