package dev.unmask.engine.convert;

import java.util.Arrays;
import java.util.List;

/** What stands for the mask where a file tells that a position is masked and not by which token. */
final class Placeholder {
  static final String REMARK = "the mask's id is not told, so a free one stands for it";

  private Placeholder() {}

  /** An id above all that there are. */
  static int mask(List<int[]> rows, Choices choices) {
    int greatest = rows.stream().flatMapToInt(Arrays::stream).max().orElse(-1);
    return Math.max(greatest + 1, choices.vocabulary().size());
  }
}
