package dev.unmask.engine.reference;

import java.util.Optional;

/** A kind of recording, and how it is repeated. */
interface Format {
  /** Whether this can repeat it. */
  boolean recognises(Recording recording);

  /**
   * Repeats it.
   *
   * @param threads for a model that computes
   * @return the first difference, in words
   */
  Optional<String> difference(Recording recording, int threads);
}
