package dev.unmask.engine.trace;

/**
 * Where two traces part.
 *
 * @param step how many steps were taken when they first differ
 * @param position the lowest that differs; −1 where one trace has no such step
 */
public record Divergence(int step, int position) {
  /** As a sentence says it. */
  public String words() {
    return position < 0
        ? "step %d, where one of them ends".formatted(step)
        : "step %d, position %d".formatted(step, position);
  }
}
