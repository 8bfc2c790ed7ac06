package dev.unmask.app.session;

import dev.unmask.engine.sampler.own.SamplerRefusal;
import java.util.Optional;

/**
 * What the window says about the run, where there is something to say.
 *
 * @param sentence empty if there is nothing to say
 */
public record Notice(Kind kind, String sentence) {
  private static final Notice NOTHING = new Notice(Kind.NONE, "");

  /** How it is shown. */
  public enum Kind {
    /** Nothing is said. */
    NONE,
    /** Something is going on. */
    BUSY,
    /** Something to know. */
    NOTE,
    /** Something to know, and to decide. */
    QUESTION,
    /** Something went wrong. */
    PROBLEM
  }

  /** About the run that a session shows, or else why it is not checked. */
  public static Notice of(Session session) {
    Optional<Run.Progress> shown = session.progressProperty().get();
    if (shown.isEmpty()) {
      return session
          .comingProperty()
          .get()
          .map(next -> new Notice(Kind.BUSY, coming(next)))
          .orElse(
              new Notice(
                  Kind.NOTE, "Nothing has been run yet: set it up on the left and press Run."));
    }
    Notice ofRun = of(shown.get());
    return ofRun.kind() == Kind.NONE
        ? session.refusalProperty().get().map(Notice::of).orElse(NOTHING)
        : ofRun;
  }

  private static Notice of(SamplerRefusal refusal) {
    return new Notice(
        Kind.QUESTION,
        refusal.allowable()
            ? "The rules of this run are not checked: the sampler %s %s. Look at it before you allow it."
                .formatted(refusal.sampler(), refusal.why())
            : "The rules of this run are not checked: %s.".formatted(refusal.clause()));
  }

  /**
   * About what is to be shown next or could not be, whatever the page; what only the run's own page
   * says is left to it.
   */
  public static Notice above(Session session) {
    Optional<Problem> problem = session.problemProperty().get();
    if (problem.isPresent()) {
      return new Notice(Kind.PROBLEM, problem.get().sentence());
    }
    return session
        .comingProperty()
        .get()
        .filter(next -> session.progressProperty().get().isPresent())
        .map(next -> new Notice(Kind.BUSY, coming(next)))
        .orElse(NOTHING);
  }

  private static String coming(Run.Progress next) {
    return next.sentence().isEmpty() ? "Taking the first step …" : next.sentence();
  }

  private static Notice of(Run.Progress now) {
    return switch (now.phase()) {
      case LOADING -> new Notice(Kind.BUSY, now.sentence());
      case RUNNING, PAUSED, FINISHED -> NOTHING;
      case CANCELLED -> new Notice(Kind.NOTE, now.sentence());
      case FAILED -> new Notice(Kind.PROBLEM, now.sentence());
    };
  }
}
