package dev.unmask.engine.sampler.canvas;

import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.safetensors.Values;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.trace.Grounds;
import java.util.Map;

/** What tells the samplers of random canvases apart: how they refine one. */
interface CanvasRefinement {
  /** The setting that every refinement has: how often a canvas is evaluated. */
  Setting.Whole STEPS =
      new Setting.Whole(
          "steps", 48, 1, Setting.Whole.MOST, "Evaluations of each block, corrections included");

  /** Decides from one evaluation. */
  Refined refine(Canvas canvas, RandomSource random);

  /** Whether that evaluation of a canvas leads on in time, and does not only correct. */
  default boolean leadsOn(int step) {
    return true;
  }

  /** t after so many evaluations of a canvas. */
  default double time(int step, int steps) {
    return 1 - (double) step / steps;
  }

  /** What is remembered of a whole sequence before its first step. */
  default Map<String, Values> memory(int length) {
    return Map.of();
  }

  /**
   * A {@link Canvas} after a step.
   *
   * @param tokens after the step
   * @param predicted x̂0
   * @param confidence that it ranked by, or p(x̂0)
   * @param logits that it drew from
   * @param grounds of each position
   * @param memory of the whole sequence, as before but for what changed
   */
  record Refined(
      int[] tokens,
      int[] predicted,
      float[] confidence,
      float[][] logits,
      Grounds grounds,
      Map<String, Values> memory) {}
}
