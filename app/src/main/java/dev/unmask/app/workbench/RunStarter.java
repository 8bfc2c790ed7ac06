package dev.unmask.app.workbench;

import java.nio.file.Path;

/** Starts runs, away from the thread that asks; all that can go wrong is told by their progress. */
public interface RunStarter {
  /** Starts a run. */
  Run start(Beginning beginning);

  /** Opens a run that was recorded. */
  Run open(Path file);
}
