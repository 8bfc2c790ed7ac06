package dev.unmask.app.session;

import dev.unmask.app.picture.Phase;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;

/**
 * The step that all views show, and how it moves. While it plays it runs after the head, the last
 * step that is recorded, and waits there as long as the run goes on; whoever moves it by hand stops
 * it.
 */
public final class Playhead {
  /** Steps a second at speed 1. */
  public static final double STEPS_PER_SECOND = 8;

  /** The speeds to choose from, slowest first. */
  public static final List<Double> SPEEDS =
      List.of(0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 60.0);

  private final ReadOnlyIntegerWrapper step = new ReadOnlyIntegerWrapper();
  private final ReadOnlyObjectWrapper<Phase> phase = new ReadOnlyObjectWrapper<>(Phase.DECIDED);
  private final ReadOnlyIntegerWrapper head = new ReadOnlyIntegerWrapper();
  private final ReadOnlyBooleanWrapper live = new ReadOnlyBooleanWrapper();
  private final BooleanProperty playing = new SimpleBooleanProperty();
  private final DoubleProperty speed = new SimpleDoubleProperty(1);
  private final ObjectProperty<Optional<Loop>> loop = new SimpleObjectProperty<>(Optional.empty());
  private Optional<Loop> lastLoop = Optional.empty();
  private int direction = 1;
  private double owed;

  /** Goes to the start of another trace, and plays it. */
  public void restart() {
    head.set(0);
    put(0, Phase.DECIDED);
    live.set(true);
    loop.set(Optional.empty());
    lastLoop = Optional.empty();
    play(1);
  }

  /** Shows a step before anything else; whether it plays stays as it is. */
  public void begin(int first) {
    put(Math.min(first, head.get()), Phase.DECIDED);
  }

  /**
   * Learns how far the trace has grown.
   *
   * @param steps that are recorded
   * @param more whether its run goes on
   */
  public void grow(int steps, boolean more) {
    head.set(steps);
    live.set(more);
  }

  /** Lets time pass. */
  public void advance(double seconds) {
    if (!playing.get()) {
      return;
    }
    owed += seconds * STEPS_PER_SECOND * speed.get();
    int whole = (int) owed;
    owed -= whole;
    if (whole == 0 && step.get() != head.get()) {
      return;
    }
    int wanted = step.get() + direction * whole;
    if (loop.get().isPresent()) {
      put(wrapped(wanted, loop.get().get()), Phase.DECIDED);
      return;
    }
    int end = direction > 0 ? head.get() : 0;
    put(direction > 0 ? Math.min(end, wanted) : Math.max(end, wanted), Phase.DECIDED);
    if (step.get() == end) {
      owed = 0;
      playing.set(direction > 0 && live.get());
    }
  }

  private int wrapped(int wanted, Loop range) {
    int last = Math.min(range.to(), head.get());
    int first = Math.min(range.from(), last);
    boolean within = wanted >= first && wanted <= last;
    return within ? wanted : direction > 0 ? first : last;
  }

  /** Moves to a step, or to the nearest there is, and stays there. */
  public void seek(int wanted) {
    seek(wanted, Phase.DECIDED);
  }

  /** Moves to a phase of a step; the start has only one. */
  public void seek(int wanted, Phase within) {
    playing.set(false);
    int there = Math.clamp(wanted, 0, head.get());
    put(there, there == 0 ? Phase.DECIDED : within);
  }

  /** One step on. */
  public void forward() {
    seek(step.get() + 1);
  }

  /** One step back. */
  public void back() {
    seek(step.get() - 1);
  }

  /** From what was decided to what the next step predicts, and from there to what it decides. */
  public void nextPhase() {
    if (phase.get() == Phase.PREDICTED) {
      seek(step.get(), Phase.DECIDED);
    } else if (step.get() < head.get()) {
      seek(step.get() + 1, Phase.PREDICTED);
    }
  }

  /** The other way. */
  public void previousPhase() {
    if (phase.get() == Phase.DECIDED) {
      seek(step.get(), Phase.PREDICTED);
    } else {
      seek(step.get() - 1, Phase.DECIDED);
    }
  }

  /** To the start. */
  public void home() {
    seek(0);
  }

  /** To the head; while the run goes on, it stays with the head. */
  public void end() {
    seek(head.get());
    if (live.get()) {
      play(1);
    }
  }

  /** Plays or pauses; at the end of a finished trace it plays from the start. */
  public void toggle() {
    if (playing.get()) {
      pause();
    } else {
      if (step.get() == head.get() && !live.get()) {
        put(0, Phase.DECIDED);
      }
      play(1);
    }
  }

  /** Stays where it is. */
  public void pause() {
    playing.set(false);
  }

  /** Plays; if it does already, faster. */
  public void playOn() {
    shuttle(1);
  }

  /** Plays backwards; if it does already, faster. */
  public void playBack() {
    shuttle(-1);
  }

  private void shuttle(int way) {
    if (playing.get() && direction == way) {
      faster();
    } else {
      play(way);
    }
  }

  /** The next faster speed there is. */
  public void faster() {
    SPEEDS.stream().filter(s -> s > speed.get()).findFirst().ifPresent(speed::set);
  }

  /** The next slower speed there is. */
  public void slower() {
    SPEEDS.reversed().stream().filter(s -> s < speed.get()).findFirst().ifPresent(speed::set);
  }

  /** The loop begins here; where there was none, it goes to the head. */
  public void loopFromHere() {
    loop.set(Optional.of(loop.get().orElse(new Loop(0, head.get())).from(step.get())));
  }

  /** The loop ends here; where there was none, it begins at the start. */
  public void loopToHere() {
    loop.set(Optional.of(loop.get().orElse(new Loop(0, head.get())).to(step.get())));
  }

  /** Plays no longer in a loop, or in the one there was last; in one of everything at first. */
  public void toggleLoop() {
    Optional<Loop> now = loop.get();
    loop.set(now.isPresent() ? Optional.empty() : Optional.of(remembered()));
    lastLoop = now.or(() -> lastLoop);
  }

  private Loop remembered() {
    return lastLoop.orElseGet(() -> new Loop(0, head.get()));
  }

  private void play(int way) {
    owed = 0;
    direction = way;
    playing.set(true);
  }

  private void put(int there, Phase within) {
    step.set(there);
    phase.set(within);
  }

  /** The step shown: 0 is the start, k the state after k steps. */
  public ReadOnlyIntegerProperty stepProperty() {
    return step.getReadOnlyProperty();
  }

  /** The phase of the step that is shown. */
  public ReadOnlyObjectProperty<Phase> phaseProperty() {
    return phase.getReadOnlyProperty();
  }

  /** The last step that is recorded. */
  public ReadOnlyIntegerProperty headProperty() {
    return head.getReadOnlyProperty();
  }

  /** Whether the run goes on. */
  public ReadOnlyBooleanProperty liveProperty() {
    return live.getReadOnlyProperty();
  }

  /** Whether it moves by itself. */
  public BooleanProperty playingProperty() {
    return playing;
  }

  /** How many times as fast as {@link #STEPS_PER_SECOND}. */
  public DoubleProperty speedProperty() {
    return speed;
  }

  /** The range that is played again and again, if there is one. */
  public ObjectProperty<Optional<Loop>> loopProperty() {
    return loop;
  }

  /**
   * A range of steps that is played again and again.
   *
   * @param from at least 0
   * @param to at least {@code from}
   */
  public record Loop(int from, int to) {
    /** The same from another step, which is its end too if it lies behind it. */
    Loop from(int step) {
      return new Loop(step, Math.max(step, to));
    }

    /** The same up to another step, which is its start too if it lies before it. */
    Loop to(int step) {
      return new Loop(Math.min(from, step), step);
    }
  }
}
