package dev.unmask.engine.sampler.block;

import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.random.Rows;
import dev.unmask.engine.trace.Grounds;

/** How the masks of a block become tokens. */
interface BlockUnmasking {
  /**
   * The masks of a block before a step.
   *
   * @param step steps of the block before this one
   * @param time t before it
   * @param rows their positions, of all those of the block
   * @param probabilities p(x_0 | x_t), [masks × V]
   */
  record Masks(int step, double time, Rows rows, float[][] probabilities) {}

  /**
   * What comes of them.
   *
   * @param drawn a token for each, the mask where none was drawn
   * @param taken whether each becomes that token
   * @param time t after the step
   * @param grounds of each
   */
  record Unmasked(int[] drawn, boolean[] taken, double time, Grounds grounds) {}

  /**
   * The most steps that a block takes.
   *
   * @param length its positions
   */
  int steps(int length);

  /**
   * How many of these are planned.
   *
   * @param masks that the block has at first
   */
  int planned(int masks, int length);

  /** Decides. */
  Unmasked unmask(Masks masks, RandomSource random);
}
