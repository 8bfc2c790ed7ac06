package dev.unmask.engine.convert;

import java.util.List;

/** A kind of file that some tool writes. */
interface ForeignFormat {
  /**
   * Whether a file is of this kind.
   *
   * @param roots the values it holds: one, or one a line
   */
  boolean recognises(List<Item> roots);

  /** What it tells of a run. */
  Draft read(ForeignFile file, List<Item> roots, Choices choices);

  /** Whether there is one value, which has one of these names. */
  static boolean hasField(List<Item> roots, List<String> names) {
    return roots.size() == 1
        && roots.getFirst() instanceof Item.Fields(var byName)
        && names.stream().anyMatch(byName::containsKey);
  }
}
