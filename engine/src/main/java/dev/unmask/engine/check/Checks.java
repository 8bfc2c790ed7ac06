package dev.unmask.engine.check;

import java.util.List;
import java.util.Optional;

/** The checks that there are. */
public final class Checks {
  /** In the order they are shown; of two that say the same of a step, the first says it. */
  public static final List<Check> ALL =
      List.of(
          new Stalled(),
          new MasksLeft(),
          new Flood(),
          new Repetition(),
          new NoNumber(),
          new NoVariance(),
          new StaleCache(),
          new ShiftedLogits(),
          new BlockOrder(),
          new BrokenRule());

  private Checks() {}

  /** The check of a name, if there is one. */
  public static Optional<Check> named(String name) {
    return ALL.stream().filter(check -> check.name().equals(name)).findFirst();
  }
}
