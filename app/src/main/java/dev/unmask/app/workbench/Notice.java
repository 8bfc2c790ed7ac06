package dev.unmask.app.workbench;

import java.util.Optional;

/**
 * What the window says about the run, where there is something to say.
 *
 * @param sentence empty if there is nothing to say
 */
public record Notice(Kind kind, String sentence) {
  /** How it is shown. */
  public enum Kind {
    /** Nothing is said. */
    NONE,
    /** Something is going on. */
    BUSY,
    /** Something to know. */
    NOTE,
    /** Something went wrong. */
    PROBLEM
  }

  /** About a session's run, or else why it was stopped. */
  static Notice of(Session session) {
    Notice ofRun = of(session.progressProperty().get());
    String stopped = session.debugger().toldProperty().get();
    return ofRun.kind() == Kind.NONE && !stopped.isEmpty() ? new Notice(Kind.NOTE, stopped) : ofRun;
  }

  /** About a run, or about there being none. */
  public static Notice of(Optional<Run.Progress> progress) {
    if (progress.isEmpty()) {
      return new Notice(
          Kind.NOTE, "Nothing has been run yet: set it up on the left and press Run.");
    }
    Run.Progress now = progress.get();
    return switch (now.phase()) {
      case LOADING -> new Notice(Kind.BUSY, now.sentence());
      case RUNNING, PAUSED, FINISHED -> new Notice(Kind.NONE, "");
      case CANCELLED -> new Notice(Kind.NOTE, now.sentence());
      case FAILED -> new Notice(Kind.PROBLEM, now.sentence());
    };
  }
}
