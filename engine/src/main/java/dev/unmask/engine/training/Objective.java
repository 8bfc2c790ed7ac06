package dev.unmask.engine.training;

import dev.unmask.engine.random.Philox;

/** What a model is trained to do: how windows of clean tokens become a batch. */
sealed interface Objective permits MaskedObjective, CausalObjective, UniformObjective {
  /**
   * A batch.
   *
   * @param windows equally long
   * @param random the numbers of this step
   */
  Batch draw(int[][] windows, Philox random);

  /** Whether a position may see only those before it and itself. */
  boolean causal();
}
