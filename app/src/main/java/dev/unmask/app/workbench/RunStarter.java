package dev.unmask.app.workbench;

/** Starts runs, away from the thread that asks. */
@FunctionalInterface
public interface RunStarter {
  /** Starts a run; all that can go wrong is told by the run's progress. */
  Run start(RunRequest request);
}
