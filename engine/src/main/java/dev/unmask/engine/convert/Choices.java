package dev.unmask.engine.convert;

import java.util.List;
import java.util.Optional;

/**
 * What a person tells of a file that it does not hold.
 *
 * @param maskId the token that is the mask
 * @param promptLength tokens of the prompt
 * @param row which sequence of a batch is taken, from 0
 * @param vocabulary the text of each token, by id; empty if it is not known
 */
public record Choices(
    Optional<Integer> maskId, Optional<Integer> promptLength, int row, List<String> vocabulary) {
  /** Nothing is told. */
  public static final Choices NONE = new Choices(Optional.empty(), Optional.empty(), 0, List.of());
}
