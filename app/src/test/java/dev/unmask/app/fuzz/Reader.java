package dev.unmask.app.fuzz;

import java.nio.file.Path;
import java.util.List;

/**
 * A way in for bytes from outside.
 *
 * @param name without spaces
 * @param share of its inputs that are tried, one in so many: some take their time
 * @param seeds inputs that it takes, each with the name that its file must have
 * @param body reads a file through, as far as the program would
 */
record Reader(String name, int share, List<Seed> seeds, Mutator mutator, Body body) {
  /** An input before it is damaged. */
  record Seed(String file, byte[] bytes) {}

  /** What reads. */
  @FunctionalInterface
  interface Body {
    /** Throws what it will. */
    void read(Path file) throws Exception;
  }
}
