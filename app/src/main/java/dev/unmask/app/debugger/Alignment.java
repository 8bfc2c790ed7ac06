package dev.unmask.app.debugger;

import dev.unmask.engine.trace.Comparison;

/** Which steps of two traces are shown together. */
public enum Alignment {
  /** The same steps. */
  STEP("by step") {
    @Override
    int rightStep(Comparison comparison, int leftStep) {
      return Math.min(leftStep, comparison.right().steps());
    }
  },
  /** Those with as large a share of the positions unmasked. */
  SHARE("by share unmasked") {
    @Override
    int rightStep(Comparison comparison, int leftStep) {
      return comparison.alignedByShare(leftStep);
    }
  };

  private final String words;

  Alignment(String words) {
    this.words = words;
  }

  abstract int rightStep(Comparison comparison, int leftStep);

  @Override
  public String toString() {
    return words;
  }
}
