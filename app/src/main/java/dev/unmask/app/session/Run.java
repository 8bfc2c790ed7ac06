package dev.unmask.app.session;

import dev.unmask.app.picture.History;
import dev.unmask.engine.check.Moment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A run that goes on elsewhere. May be asked from any thread. */
public interface Run {
  /** How far it is. */
  Progress progress();

  /** Asks it to end soon; what is recorded by then stays. */
  void cancel();

  /** Where it is recorded; empty where it is not, or not yet. */
  Optional<Path> file();

  /** What would make it again, where it was recorded long ago and that is known; else empty. */
  default Optional<RunRequest> again() {
    return Optional.empty();
  }

  /** What a person asked for that made it; empty for others. */
  default Optional<RunRequest> asked() {
    return Optional.empty();
  }

  /** What its steps were made with, a segment each, once that is known; empty if it never is. */
  default List<RunRequest> madeWith() {
    return List.of();
  }

  /** Why it failed, if it did. */
  default Optional<Problem> problem() {
    Progress now = progress();
    return now.phase() == Phase.FAILED ? Optional.of(Problem.of(now.sentence())) : Optional.empty();
  }

  /**
   * Whether there is enough of it to take another run's place: it took a step, or ended well. One
   * that fails before leaves the other where it is.
   */
  default boolean begun() {
    Progress now = progress();
    boolean stepped = now.history().filter(history -> history.steps() > firstShown()).isPresent();
    return stepped || now.phase() == Phase.FINISHED;
  }

  /**
   * Lets it take steps up to one that is to be stopped at. It takes none before it is told so.
   *
   * @param until says after each step whether to stop there; called on the engine's thread
   */
  default void goOn(Function<Moment, Optional<Stop>> until) {}

  /** Where it stopped last, if it ever did. */
  default Optional<Stop> stopped() {
    return Optional.empty();
  }

  /** The step to look at first. */
  default int firstShown() {
    return 0;
  }

  /** Where a run stands. */
  enum Phase {
    /** The model is being read. */
    LOADING,
    /** Steps are being taken. */
    RUNNING,
    /** It waits between two steps to be told to go on. */
    PAUSED,
    /** All steps were taken. */
    FINISHED,
    /** Ended by the user. */
    CANCELLED,
    /** Ended by something wrong. */
    FAILED;

    /** Whether more may come. */
    public boolean live() {
      return this == LOADING || this == RUNNING || this == PAUSED;
    }
  }

  /**
   * How far a run is.
   *
   * @param history the growing record, once there is one
   * @param sentence for the user: what is being done, or what went wrong
   */
  record Progress(Phase phase, Optional<History> history, String sentence) {}
}
