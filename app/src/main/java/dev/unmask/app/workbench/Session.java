package dev.unmask.app.workbench;

import dev.unmask.app.picture.Frame;
import dev.unmask.engine.trace.Trace;
import java.util.Optional;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleIntegerProperty;

/**
 * What the window is showing: one run, the playhead in its trace and the selected position. The
 * window calls {@link #pulse} once a pulse; nothing here waits.
 */
public final class Session {
  private final RunStarter starter;
  private final Playhead playhead = new Playhead();
  private final IntegerProperty selection = new SimpleIntegerProperty(-1);
  private final ReadOnlyObjectWrapper<Optional<Run.Progress>> progress =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<Frame>> frame =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private Optional<Run> run = Optional.empty();

  /** With nothing to show yet. */
  public Session(RunStarter starter) {
    this.starter = starter;
  }

  /** Ends the run that goes on, if one does, and starts another. */
  public void start(RunRequest request) {
    watch(starter.start(request));
  }

  /** Ends the run that goes on, if one does, and shows another. */
  public void watch(Run other) {
    cancel();
    run = Optional.of(other);
    selection.set(-1);
    playhead.restart();
    poll();
  }

  /** Ends the run that goes on; its trace stays. */
  public void cancel() {
    run.ifPresent(Run::cancel);
  }

  /** Takes over what the run recorded since, and lets the playhead move. */
  public void pulse(double seconds) {
    poll();
    if (recording().isPresent()) {
      playhead.advance(seconds);
    }
    frame.set(recording().map(this::frameOf));
  }

  private void poll() {
    if (run.isEmpty()) {
      return;
    }
    Run.Progress now = run.get().progress();
    progress.set(Optional.of(now));
    int steps = now.recording().map(r -> r.trace().steps()).orElse(0);
    playhead.grow(steps, now.phase().live());
  }

  private Frame frameOf(Run.Recording recording) {
    Trace trace = recording.trace();
    int step = Math.min(playhead.stepProperty().get(), trace.steps());
    return new Frame(trace, recording.plan(), step, selection.get(), 1, 1);
  }

  private Optional<Run.Recording> recording() {
    return progress.get().flatMap(Run.Progress::recording);
  }

  /** The playhead that all views share. */
  public Playhead playhead() {
    return playhead;
  }

  /** The selected position, −1 for none. */
  public IntegerProperty selectionProperty() {
    return selection;
  }

  /** How far the run is; empty before the first. */
  public ReadOnlyObjectProperty<Optional<Run.Progress>> progressProperty() {
    return progress.getReadOnlyProperty();
  }

  /** What there is to see, of no particular size; empty while there is nothing. */
  public ReadOnlyObjectProperty<Optional<Frame>> frameProperty() {
    return frame.getReadOnlyProperty();
  }
}
