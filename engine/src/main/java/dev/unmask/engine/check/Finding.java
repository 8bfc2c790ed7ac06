package dev.unmask.engine.check;

import java.util.List;

/**
 * Something that a check found.
 *
 * @param check its name
 * @param step how many steps were taken when it showed
 * @param positions that it is about, ascending; of images, their places in the batch; none if it is
 *     about all
 * @param sentence what is wrong, with its figures, without its step
 */
public record Finding(String check, int step, List<Integer> positions, String sentence) {
  /** For people: {@code step 12: the token at … }. */
  public String line() {
    return "step %d: %s".formatted(step, sentence);
  }
}
