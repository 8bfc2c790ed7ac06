package dev.unmask.app.picture;

import dev.unmask.engine.sampler.BlockPosition;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;

/**
 * One picture's content: a trace at a playhead. At playhead k it shows the state after k steps and
 * what the k-th step did; at 0 it shows the start.
 *
 * @param plan of the trace's run
 * @param step the playhead, from 0 to {@code trace.steps()}
 * @param selection the selected position, −1 for none
 * @param width in pixels
 * @param height in pixels
 */
public record Frame(Trace trace, Plan plan, int step, int selection, int width, int height) {
  /** The start of a trace, with nothing selected. */
  public static Frame of(Trace trace, int width, int height) {
    return new Frame(trace, Plan.of(trace), 0, -1, width, height);
  }

  /** The state after the step. */
  public TokenState state() {
    return trace.state(step);
  }

  /** The block that this step worked on; at the start, the first one. */
  public BlockPosition block() {
    return plan.block(trace.state(Math.max(step - 1, 0)));
  }

  /** K, the number of steps that the run is planned to take, never less than it took. */
  public int plannedSteps() {
    return Math.max(trace.steps(), plan.steps(trace.state(0)));
  }

  /** The same, at another step. */
  public Frame at(int newStep) {
    return new Frame(trace, plan, newStep, selection, width, height);
  }

  /** The same, with another size. */
  public Frame sized(int newWidth, int newHeight) {
    return new Frame(trace, plan, step, selection, newWidth, newHeight);
  }
}
