package dev.unmask.engine.training;

import dev.unmask.engine.random.Philox;

/** What a model is trained to do: how windows of clean tokens become a batch. */
sealed interface Objective
    permits MaskedObjective, CausalObjective, UniformObjective, BlockObjective {
  /**
   * A batch.
   *
   * @param windows equally long
   * @param random the numbers of this step
   */
  Batch draw(int[][] windows, Philox random);

  /**
   * What the network sees of a window.
   *
   * @param length of a window
   */
  AttentionPattern pattern(int length);
}
