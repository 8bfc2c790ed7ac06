package dev.unmask.engine.sampler.own;

import dev.unmask.engine.FieldException;
import java.util.Optional;

/** A sampler of somebody's own cannot be made, or threw something. */
public class OwnSamplerException extends FieldException {
  private static final long serialVersionUID = 1L;

  private final String place;

  /**
   * With a whole sentence.
   *
   * @param place file and line, as {@code FILE:LINE}; empty if there is none
   */
  OwnSamplerException(String sentence, String place, Throwable cause) {
    super("sampler", sentence, cause);
    this.place = place;
  }

  /** Where in its source, as {@code FILE:LINE}, if that is known. */
  public Optional<String> place() {
    return Optional.of(place).filter(known -> !known.isEmpty());
  }
}
