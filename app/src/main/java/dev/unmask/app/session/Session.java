package dev.unmask.app.session;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.History;
import dev.unmask.app.picture.View;
import dev.unmask.engine.sampler.own.SamplerRefusal;
import dev.unmask.engine.trace.TraceKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
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
  /** How many of the runs that did not start are remembered. */
  private static final int REFUSALS = 5;

  private final RunStarter starter;
  private final Playhead playhead = new Playhead();
  private final IntegerProperty selection = new SimpleIntegerProperty(-1);
  private final ObjectProperty<View> view = new SimpleObjectProperty<>(View.WHOLE);
  private final ObjectProperty<Page> page = new SimpleObjectProperty<>();
  private final Map<TraceKind<?, ?>, ObjectProperty<Optional<Path>>> opened =
      Map.of(
          TraceKind.IMAGES, new SimpleObjectProperty<>(Optional.empty()),
          TraceKind.TRAININGS, new SimpleObjectProperty<>(Optional.empty()));
  private final ReadOnlyObjectWrapper<Optional<Path>> shownFile =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final AtomicReference<Optional<Path>> shownElsewhere =
      new AtomicReference<>(Optional.empty());
  private final BooleanProperty autoplay = new SimpleBooleanProperty(true);
  private final Announcements announcements = new Announcements();
  private final Bookmarks bookmarks = new Bookmarks(announcements::say);
  private final Debugger debugger;
  private final ReadOnlyObjectWrapper<Optional<Run.Progress>> progress =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<RunRequest>> again =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<List<RunRequest>> madeWith =
      new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyObjectWrapper<Optional<Frame>> frame =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<Run.Progress>> coming =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<Problem>> problem =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final AtomicReference<Optional<Problem>> told = new AtomicReference<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<SamplerRefusal>> refusal =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<List<Refused>> refused =
      new ReadOnlyObjectWrapper<>(List.of());
  private final Set<String> models = new LinkedHashSet<>();
  private final Transport steps = new RunTransport(this);
  private final ReadOnlyObjectWrapper<Transport> transport = new ReadOnlyObjectWrapper<>(steps);
  private int ledFrom = -1;
  private Optional<Run> run = Optional.empty();
  private Optional<Run> pending = Optional.empty();
  private OptionalInt kept = OptionalInt.empty();
  private boolean answered;

  /**
   * A run that was asked for and did not start.
   *
   * @param why it did not
   */
  public record Refused(RunRequest asked, Problem why) {}

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
  public Session(RunStarter starter, Executor reading) {
    this.starter = starter;
    debugger = new Debugger(this, reading);
  }

  /** Starts a run, to be shown in place of the one that is. */
  public Run start(Beginning beginning) {
    models.add(beginning.model());
    return watch(starter.start(beginning));
  }

  /** The models of the runs that were started, as the user named them. */
  public Set<String> models() {
    return Collections.unmodifiableSet(models);
  }

  /** Asks a model something, as {@link RunStarter#ask} says. */
  public <T> void ask(Work<T> work, String model, RunStarter.Question<T> question) {
    starter.ask(work, model, question);
  }

  /** The samplers of people's own that may be run. */
  public AllowedSamplers samplers() {
    return starter.samplers();
  }

  /** What images are made with. */
  public ImageWork images() {
    return starter.images();
  }

  /** Opens a run that was recorded: of tokens in place of another, of others on their page. */
  public void open(Path file) {
    open(file, OptionalInt.empty());
  }

  /** The same, staying at a step. */
  public void open(Path file, int step) {
    open(file, OptionalInt.of(step));
  }

  private void open(Path file, OptionalInt step) {
    opened.keySet().stream()
        .filter(kind -> kind.is(file))
        .findFirst()
        .map(opened::get)
        .ifPresentOrElse(
            ofKind -> {
              // Whoever shows it is told again of one that is open already.
              ofKind.set(Optional.empty());
              ofKind.set(Optional.of(file));
            },
            () -> watch(starter.open(file), step));
  }

  /** What was recorded could be read, and is shown on its page; from any thread. */
  public void shows(Path file) {
    shownElsewhere.set(Optional.of(file));
  }

  /**
   * Shows another run up to the next breakpoint, once it has begun: only then the one that is shown
   * ends. One that fails before leaves everything where it is, but for a sentence.
   */
  public Run watch(Run other) {
    return watch(other, OptionalInt.empty());
  }

  /** Reads the run that is shown again, whose sampler may be run now, and stays at its step. */
  public void reread() {
    int step = playhead.stepProperty().get();
    file().ifPresent(recorded -> watch(starter.open(recorded), OptionalInt.of(step)));
  }

  /** The question about the shown run's sampler was answered with no. */
  public void leaveUnchecked() {
    answered = true;
    refusal.set(Optional.empty());
  }

  private Run watch(Run other, OptionalInt step) {
    pending.ifPresent(Run::cancel);
    kept = step;
    pending = Optional.of(other);
    problem.set(Optional.empty());
    other.goOn(debugger.breakpoints()::stop);
    poll();
    return other;
  }

  /** Ends the run that begins or else the one that goes on; its trace stays. */
  public void cancel() {
    pending.or(() -> run).ifPresent(Run::cancel);
  }

  /** Ends all that goes on. */
  public void cancelAll() {
    pending.ifPresent(Run::cancel);
    run.ifPresent(Run::cancel);
  }

  /** Says what went wrong, from any thread. */
  public void tell(Problem what) {
    told.set(Optional.of(what));
  }

  /** The same, where it only has to be known. */
  public void tell(String sentence) {
    tell(Problem.of(sentence));
  }

  /** What went wrong need not be shown any longer. */
  public void dismiss() {
    problem.set(Optional.empty());
  }

  /** The same of what was wrong with one of these fields: they say something else by now. */
  public void dismiss(Predicate<String> fields) {
    if (problem.get().flatMap(Problem::field).filter(fields).isPresent()) {
      dismiss();
    }
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
    told.getAndSet(Optional.empty()).ifPresent(what -> problem.set(Optional.of(what)));
    shownElsewhere.getAndSet(Optional.empty()).ifPresent(file -> shownFile.set(Optional.of(file)));
    pending.ifPresent(this::await);
    coming.set(pending.map(Run::progress));
    run.ifPresent(this::follow);
  }

  private void await(Run other) {
    Run.Progress now = other.progress();
    boolean live = now.phase().live();
    if (other.begun() || run.isEmpty() && live && now.history().isPresent()) {
      pending = Optional.empty();
      show(other);
    } else if (!live) {
      pending = Optional.empty();
      problem.set(other.problem().map(why -> other.asked().isPresent() ? why : why.alone()));
      other.problem().ifPresent(why -> other.asked().ifPresent(asked -> refuse(asked, why)));
    }
  }

  private void refuse(RunRequest asked, Problem why) {
    List<Refused> all = new ArrayList<>(refused.get());
    all.removeIf(before -> before.asked.equals(asked));
    all.addFirst(new Refused(asked, why));
    refused.set(List.copyOf(all.subList(0, Math.min(all.size(), REFUSALS))));
  }

  private void show(Run other) {
    run.ifPresent(Run::cancel);
    run = Optional.of(other);
    debugger.forget();
    selection.set(-1);
    view.set(View.WHOLE.in(view.get().colouring()).text(view.get().text().at(0)));
    bookmarks.forget();
    playhead.restart();
    playhead.playingProperty().set(autoplay.get() && kept.isEmpty());
    answered = false;
    // Also a run that asks for the same as the one before fills the form.
    again.set(Optional.empty());
    other.file().ifPresent(file -> shownFile.set(Optional.of(file)));
    follow(other);
    playhead.begin(kept.orElse(other.firstShown()));
  }

  private void follow(Run shown) {
    Run.Progress now = shown.progress();
    progress.set(Optional.of(now));
    again.set(shown.again());
    madeWith.set(shown.madeWith());
    playhead.grow(now.history().map(History::steps).orElse(0), now.phase().live());
    refusal.set(
        answered || now.phase().live()
            ? Optional.empty()
            : now.history().flatMap(history -> history.plan().refusal()));
    shown.file().ifPresent(bookmarks::belongTo);
  }

  private Frame frameOf(History history) {
    int recorded = playhead.headProperty().get();
    int step = Math.min(playhead.stepProperty().get(), recorded);
    int selected = Math.min(selection.get(), history.trace().header().tokens().length() - 1);
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

  /** Which page is open; null until there is a window. */
  public ObjectProperty<Page> pageProperty() {
    return page;
  }

  /** The recorded run of a kind that was opened last; not of tokens, which are shown at once. */
  public ReadOnlyObjectProperty<Optional<Path>> openedProperty(TraceKind<?, ?> kind) {
    return opened.get(kind);
  }

  /** The trace that came to be shown last, of tokens or of images; empty before the first. */
  public ReadOnlyObjectProperty<Optional<Path>> shownFileProperty() {
    return shownFile.getReadOnlyProperty();
  }

  /** Whether a run is played as soon as it is there. */
  public BooleanProperty autoplayProperty() {
    return autoplay;
  }

  /** The steps of this run that were marked. */
  public Bookmarks bookmarks() {
    return bookmarks;
  }

  /** What is told on the side. */
  public Announcements announcements() {
    return announcements;
  }

  /** What stops this run, and where it was stopped. */
  public Debugger debugger() {
    return debugger;
  }

  /** The run that is shown. */
  public Optional<Run> run() {
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

  /**
   * Why the rules of the run's sampler, which somebody wrote, are not checked; empty if they are,
   * while the run goes on, and once that was answered.
   */
  public ReadOnlyObjectProperty<Optional<SamplerRefusal>> refusalProperty() {
    return refusal.getReadOnlyProperty();
  }

  /** What the run that is shown was made with, a segment each; empty where that is not known. */
  public ReadOnlyObjectProperty<List<RunRequest>> madeWithProperty() {
    return madeWith.getReadOnlyProperty();
  }

  /** How far the run is that is to be shown next; empty if there is none. */
  public ReadOnlyObjectProperty<Optional<Run.Progress>> comingProperty() {
    return coming.getReadOnlyProperty();
  }

  /** What was asked for in this session and did not start, the latest first. */
  public ReadOnlyObjectProperty<List<Refused>> refused() {
    return refused.getReadOnlyProperty();
  }

  /** What went wrong last, until something else is started or it is dismissed. */
  public ReadOnlyObjectProperty<Optional<Problem>> problemProperty() {
    return problem.getReadOnlyProperty();
  }

  /** How far the run is that is shown; empty before the first. */
  public ReadOnlyObjectProperty<Optional<Run.Progress>> progressProperty() {
    return progress.getReadOnlyProperty();
  }

  /** What the window's transport moves. */
  public ReadOnlyObjectProperty<Transport> transportProperty() {
    return transport.getReadOnlyProperty();
  }

  /** The steps of the run that is shown. */
  public Transport steps() {
    return steps;
  }

  /** From now on the transport moves something else, which goes where the last one was moved to. */
  public void lead(Transport next) {
    Transport last = transport.get();
    if (last != next) {
      boolean moved = last.playhead().stepProperty().get() != ledFrom;
      OptionalDouble time = last.time();
      if (moved && time.isPresent()) {
        next.goTo(time.getAsDouble());
      }
      last.playhead().pause();
      ledFrom = next.playhead().stepProperty().get();
      transport.set(next);
    }
  }

  /** What there is to see, of no particular size; empty while there is nothing. */
  public ReadOnlyObjectProperty<Optional<Frame>> frameProperty() {
    return frame.getReadOnlyProperty();
  }
}
