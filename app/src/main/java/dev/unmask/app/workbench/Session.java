package dev.unmask.app.workbench;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.History;
import dev.unmask.app.picture.View;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.corruption.Alphabet;
import dev.unmask.engine.trace.ImageTraceFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;

/**
 * What the window is showing: one run, the playhead in its trace, the selected position and the way
 * it is looked at. The window calls {@link #pulse} once a pulse; nothing here waits.
 */
public final class Session {
  private final RunStarter starter;
  private final Playhead playhead = new Playhead();
  private final IntegerProperty selection = new SimpleIntegerProperty(-1);
  private final ObjectProperty<View> view = new SimpleObjectProperty<>(View.WHOLE);
  private final ObjectProperty<Page> page = new SimpleObjectProperty<>(Page.TOKENS);
  private final ObjectProperty<Optional<Path>> imageFile =
      new SimpleObjectProperty<>(Optional.empty());
  private final BooleanProperty autoplay = new SimpleBooleanProperty(true);
  private final Bookmarks bookmarks = new Bookmarks();
  private final Debugger debugger;
  private final ReadOnlyObjectWrapper<Optional<Run.Progress>> progress =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<RunRequest>> again =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<Frame>> frame =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private Optional<Run> run = Optional.empty();
  private boolean arrived;

  /** With nothing to show yet. */
  public Session(RunStarter starter) {
    this(
        starter,
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("searching").daemon().factory()));
  }

  /**
   * With nothing to show yet.
   *
   * @param reading searches traces
   */
  Session(RunStarter starter, Executor reading) {
    this.starter = starter;
    debugger = new Debugger(this, reading);
  }

  /** Ends the run that goes on, if one does, and starts another. */
  public void start(Beginning beginning) {
    watch(starter.start(beginning));
  }

  /** Ends the run that goes on, if one does, and starts one that goes back from a corruption. */
  Run denoise(DenoiseRequest request) {
    Run back = starter.start(request);
    watch(back);
    return back;
  }

  /** Does something with a model, as {@link RunStarter#ask} says. */
  Future<?> ask(String model, BiConsumer<Model, Alphabet> work, Consumer<String> problem) {
    return starter.ask(model, work, problem);
  }

  /** What images are made with. */
  ImageWork images() {
    return starter.images();
  }

  /**
   * Opens a run that was recorded: of images on their page, and of tokens in place of the run that
   * goes on, if one does.
   */
  public void open(Path file) {
    if (ImageTraceFile.is(file)) {
      imageFile.set(Optional.of(file));
      page.set(Page.IMAGES);
    } else {
      watch(starter.open(file));
    }
  }

  /** Ends the run that goes on, if one does, and shows another up to the next breakpoint. */
  public void watch(Run other) {
    cancel();
    run = Optional.of(other);
    arrived = false;
    debugger.forget();
    other.goOn(debugger.breakpoints()::stop);
    selection.set(-1);
    view.set(View.WHOLE.in(view.get().colouring()));
    bookmarks.forget();
    playhead.restart();
    playhead.playingProperty().set(autoplay.get());
    poll();
  }

  /** Ends the run that goes on; its trace stays. */
  public void cancel() {
    run.ifPresent(Run::cancel);
  }

  /** Takes over what the run recorded since, and lets the playhead move. */
  public void pulse(double seconds) {
    poll();
    if (history().isPresent()) {
      playhead.advance(seconds);
    }
    frame.set(history().map(this::frameOf));
    debugger.pulse();
  }

  private void poll() {
    if (run.isEmpty()) {
      return;
    }
    Run.Progress now = run.get().progress();
    progress.set(Optional.of(now));
    again.set(run.get().again());
    playhead.grow(now.history().map(History::steps).orElse(0), now.phase().live());
    if (!arrived && now.history().isPresent()) {
      arrived = true;
      playhead.begin(run.get().firstShown());
    }
    run.get().file().ifPresent(bookmarks::belongTo);
  }

  private Frame frameOf(History history) {
    int recorded = playhead.headProperty().get();
    int step = Math.min(playhead.stepProperty().get(), recorded);
    int selected = Math.min(selection.get(), history.trace().header().length() - 1);
    return new Frame(
        history, recorded, step, playhead.phaseProperty().get(), selected, view.get(), 1, 1);
  }

  private Optional<History> history() {
    return progress.get().flatMap(Run.Progress::history);
  }

  /** Selects the position so many after the selected one, as far as there are more. */
  public void select(int distance) {
    frame
        .get()
        .ifPresent(
            now -> {
              int last = now.state().length() - 1;
              selection.set(Math.clamp(selection.get() + distance, Math.min(0, last), last));
            });
  }

  /** To the next commit, remask or edit of the selected token. */
  public void nextEvent() {
    seek(EventSearch::next);
  }

  /** To the last one before. */
  public void previousEvent() {
    seek(EventSearch::previous);
  }

  private void seek(Function<Frame, OptionalInt> search) {
    frame
        .get()
        .filter(now -> now.selection() >= 0)
        .map(search)
        .ifPresent(step -> step.ifPresent(playhead::seek));
  }

  /** The playhead that all views share. */
  public Playhead playhead() {
    return playhead;
  }

  /** The selected position, −1 for none. */
  public IntegerProperty selectionProperty() {
    return selection;
  }

  /** How it is looked at. */
  public ObjectProperty<View> viewProperty() {
    return view;
  }

  /** Which page is open. */
  public ObjectProperty<Page> pageProperty() {
    return page;
  }

  /** The recorded run of images that was opened last. */
  ReadOnlyObjectProperty<Optional<Path>> imageFileProperty() {
    return imageFile;
  }

  /** Whether a run is played as soon as it is there. */
  public BooleanProperty autoplayProperty() {
    return autoplay;
  }

  /** The steps of this run that were marked. */
  public Bookmarks bookmarks() {
    return bookmarks;
  }

  /** What stops this run, and where it was stopped. */
  public Debugger debugger() {
    return debugger;
  }

  /** The run that is shown. */
  Optional<Run> run() {
    return run;
  }

  /** Where the run is recorded, if it is. */
  public Optional<Path> file() {
    return run.flatMap(Run::file);
  }

  /** What would make again a run that was opened; empty for others. */
  public ReadOnlyObjectProperty<Optional<RunRequest>> againProperty() {
    return again.getReadOnlyProperty();
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
