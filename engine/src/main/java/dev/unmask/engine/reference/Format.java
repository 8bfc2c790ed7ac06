package dev.unmask.engine.reference;

import java.util.List;

/**
 * A kind of recording of a reference implementation, and how it is repeated. Formats are found as
 * services: a new one is its class, with a constructor that takes nothing, and its line in
 * META-INF/services.
 */
public interface Format {
  /** Whether this can repeat it. */
  boolean recognises(Recording recording);

  /**
   * Repeats every case of the file.
   *
   * @param threads for a model that computes
   */
  List<Outcome> outcomes(Recording recording, int threads);
}
