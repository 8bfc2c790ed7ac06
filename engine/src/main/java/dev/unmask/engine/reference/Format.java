package dev.unmask.engine.reference;

import java.util.Optional;
import java.util.Set;

/** A kind of recording, and how it is repeated. */
interface Format {
  /** Whether this can repeat it. */
  boolean recognises(Recording recording);

  /**
   * The settings that this takes account of: fields of the recording, those of an object after its
   * name and a slash, all of them where nothing follows the slash. What is set otherwise is not
   * repeated.
   */
  Set<String> settings();

  /**
   * Repeats it.
   *
   * @param threads for a model that computes
   * @return the first difference, in words
   */
  Optional<String> difference(Recording recording, int threads);
}
