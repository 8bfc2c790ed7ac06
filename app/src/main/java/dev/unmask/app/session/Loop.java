package dev.unmask.app.session;

/**
 * A range of steps that is played again and again.
 *
 * @param from at least 0
 * @param to at least {@code from}
 */
public record Loop(int from, int to) {
  /** The same from another step, which is its end too if it lies behind it. */
  Loop from(int step) {
    return new Loop(step, Math.max(step, to));
  }

  /** The same up to another step, which is its start too if it lies before it. */
  Loop to(int step) {
    return new Loop(Math.min(from, step), step);
  }
}
