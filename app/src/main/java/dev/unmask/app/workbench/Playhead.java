package dev.unmask.app.workbench;

import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;

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
  private final ReadOnlyIntegerWrapper head = new ReadOnlyIntegerWrapper();
  private final ReadOnlyBooleanWrapper live = new ReadOnlyBooleanWrapper();
  private final BooleanProperty playing = new SimpleBooleanProperty();
  private final DoubleProperty speed = new SimpleDoubleProperty(1);
  private double owed;

  /** Goes to the start of another trace, and plays it. */
  public void restart() {
    head.set(0);
    step.set(0);
    live.set(true);
    play();
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
    step.set(Math.min(head.get(), step.get() + whole));
    if (step.get() == head.get()) {
      owed = 0;
      playing.set(live.get());
    }
  }

  /** Moves to a step, or to the nearest there is, and stays there. */
  public void seek(int wanted) {
    playing.set(false);
    step.set(Math.clamp(wanted, 0, head.get()));
  }

  /** One step on. */
  public void forward() {
    seek(step.get() + 1);
  }

  /** One step back. */
  public void back() {
    seek(step.get() - 1);
  }

  /** To the start. */
  public void home() {
    seek(0);
  }

  /** To the head; while the run goes on, it stays with the head. */
  public void end() {
    seek(head.get());
    playing.set(live.get());
  }

  /** Plays or pauses; at the end of a finished trace it plays from the start. */
  public void toggle() {
    if (playing.get()) {
      playing.set(false);
    } else {
      if (step.get() == head.get() && !live.get()) {
        step.set(0);
      }
      play();
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

  private void play() {
    owed = 0;
    playing.set(true);
  }

  /** The step shown: 0 is the start, k the state after k steps. */
  public ReadOnlyIntegerProperty stepProperty() {
    return step.getReadOnlyProperty();
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
}
