package dev.unmask.app.workbench;

import java.nio.file.Path;
import java.util.function.Function;

/** Starters of runs that only start. */
final class Starters {
  private Starters() {}

  static RunStarter of(Function<RunRequest, Run> start) {
    return new RunStarter() {
      @Override
      public Run start(Beginning beginning) {
        return start.apply((RunRequest) beginning);
      }

      @Override
      public Run open(Path file) {
        throw new AssertionError("Nothing is opened.");
      }
    };
  }
}
