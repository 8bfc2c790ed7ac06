package dev.unmask.app.compare;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.History;
import dev.unmask.app.session.FinalBound;
import dev.unmask.app.session.RunList;
import dev.unmask.app.session.Session;
import dev.unmask.app.session.Work;
import dev.unmask.engine.evaluation.TextBound;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;

/**
 * The run that is shown, which is A, beside up to three others: its parent or a branch, where
 * nothing else is chosen. All go by the one playhead.
 */
public final class CompareViewModel {
  private static final String NOTHING_CHOSEN =
      "Add a run to compare this one with; a branch is compared with its parent by itself.";

  /** How often a file is looked at that a run is being recorded to, in nanoseconds. */
  private static final long AGAIN = 1_000_000_000;

  private final Session session;
  private final RunList runs;
  private final Executor reading;
  private final RecordedHistories recorded;
  private final Work<ComparedRuns> read = new Work<>();
  private final List<Work<TextBound>> bounds =
      Stream.generate(Work<TextBound>::new).limit(ComparedRuns.MOST).toList();
  private final ObjectProperty<Optional<List<Path>>> chosen =
      new SimpleObjectProperty<>(Optional.empty());
  private final ObjectProperty<Alignment> alignment = new SimpleObjectProperty<>(Alignment.TIME);
  private final ObjectProperty<Integer> beside = new SimpleObjectProperty<>(1);
  private final ReadOnlyObjectWrapper<Optional<ComparedRuns>> compared =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<RunPair>> pair =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper(NOTHING_CHOSEN);
  private final List<String> models;
  private final RaceViewModel race;
  private Optional<Wanted> wanted = Optional.empty();
  private List<Path> shownFiles = List.of();
  private long readAt;

  /** What is to be compared. */
  private record Wanted(History left, int steps, List<Path> others, Alignment alignment) {
    /** Whether it differs in nothing but steps that were recorded since. */
    boolean isMoreOf(Wanted before) {
      return new Wanted(left, before.steps, others, alignment).equals(before);
    }
  }

  /**
   * For the run of a session.
   *
   * @param models the bundled ones, by name
   * @param reading reads files
   */
  public CompareViewModel(Session session, RunList runs, List<String> models, Executor reading) {
    this.session = session;
    this.models = models;
    this.runs = runs;
    this.reading = reading;
    recorded = new RecordedHistories(session.samplers());
    race = new RaceViewModel(session, models);
    beside.subscribe(_ -> showPair());
    compared.subscribe(_ -> showPair());
  }

  /**
   * Compares recorded runs, of which some may still go on: the first is shown as A, the others
   * beside it. There are four at most.
   */
  public void compare(List<Path> files) {
    List<Path> places =
        files.stream().map(Path::toAbsolutePath).distinct().limit(ComparedRuns.MOST).toList();
    if (places.isEmpty()) {
      return;
    }
    if (files.stream().map(Path::toAbsolutePath).distinct().count() > ComparedRuns.MOST) {
      sayHowMany();
    }
    chosen.set(Optional.of(places.subList(1, places.size())));
    if (!Optional.of(places.getFirst()).equals(shown())) {
      session.open(places.getFirst());
    }
  }

  /** Compares the run that is shown with what it came from, or with its first branch. */
  public void compareWithCounterpart() {
    chosen.set(Optional.empty());
  }

  /** Compares another run with those that are compared; one that is there already is no other. */
  public void add(Path file) {
    Path place = file.toAbsolutePath();
    List<Path> all = files();
    if (all.contains(place)) {
      return;
    }
    if (all.isEmpty() && session.frameProperty().get().isEmpty()) {
      session.open(place);
    } else if (others().size() + 1 == ComparedRuns.MOST) {
      sayHowMany();
    } else {
      chosen.set(Optional.of(Stream.concat(others().stream(), Stream.of(place)).toList()));
    }
  }

  private void sayHowMany() {
    session.announcements().say("Four runs can be compared at most; take one away to add another.");
  }

  /** Compares a run no longer; where it was A, the next one is. */
  public void remove(Path file) {
    Path place = file.toAbsolutePath();
    List<Path> others = new ArrayList<>(others());
    if (others.remove(place)) {
      chosen.set(Optional.of(List.copyOf(others)));
    } else if (Optional.of(place).equals(shown()) && !others.isEmpty()) {
      compare(others);
    }
  }

  /** Puts another run in the place of one, counted from 0. */
  void replace(int index, Path file) {
    Path place = file.toAbsolutePath();
    if (index == 0) {
      chosen.set(Optional.of(others().stream().filter(other -> !other.equals(place)).toList()));
      session.open(place);
      return;
    }
    List<Path> others = new ArrayList<>(others());
    if (!others.contains(place)) {
      others.set(index - 1, place);
      chosen.set(Optional.of(List.copyOf(others)));
    }
  }

  /** Makes the run that stands beside A the one that is shown, and A the one beside it. */
  public void swap() {
    shown()
        .filter(_ -> !others().isEmpty())
        .ifPresent(
            ofA -> {
              List<Path> others = new ArrayList<>(others());
              Path now = others.set(Math.min(beside.get(), others.size()) - 1, ofA);
              chosen.set(Optional.of(List.copyOf(others)));
              session.open(now);
            });
  }

  private Optional<Path> shown() {
    return session.file().map(Path::toAbsolutePath);
  }

  /** What A is compared with: what was chosen, else the run's parent or branch. */
  List<Path> others() {
    return chosen.get().orElseGet(() -> runs.counterpart().stream().toList()).stream()
        .filter(file -> !Optional.of(file).equals(shown()))
        .toList();
  }

  /** All that are compared, A first if it is recorded. */
  public List<Path> files() {
    return Stream.concat(shown().stream(), others().stream()).toList();
  }

  /** Takes over what was read, and reads what there is to be seen now. */
  public void pulse() {
    runs.pulse();
    // Where it cannot be read, those that are shown stay.
    if (wanted.isPresent() && !read.goesOn()) {
      read.current().ifPresent(all -> compared.set(Optional.of(all)));
      note.set(read.problem().isEmpty() ? invitation() : read.problem());
    }
    // A run that is about to take A's place would be compared with what belongs to the one before.
    if (session.comingProperty().get().isPresent()) {
      return;
    }
    Optional<Wanted> now = session.frameProperty().get().map(this::wanted);
    boolean grows = now.isPresent() && wanted.isPresent() && now.get().isMoreOf(wanted.get());
    if (!now.equals(wanted) && !(grows && read.goesOn())) {
      begin(now, grows);
    } else if (recorded.growing() && !read.goesOn() && System.nanoTime() - readAt > AGAIN) {
      now.ifPresent(what -> read(what, files()));
    }
  }

  private void begin(Optional<Wanted> now, boolean grows) {
    boolean sameFiles = now.map(Wanted::others).equals(wanted.map(Wanted::others));
    boolean sameRun = now.map(Wanted::left).equals(wanted.map(Wanted::left));
    wanted = now;
    if (!grows && !(sameFiles && sameRun)) {
      cancelScoring();
    }
    // What is of another run than the one shown would not be true; its other sides may stay.
    if (!sameRun) {
      compared.set(Optional.empty());
    }
    now.ifPresent(what -> read(what, files()));
  }

  private String invitation() {
    return compared.get().filter(all -> all.runs().size() > 1).isPresent() ? "" : NOTHING_CHOSEN;
  }

  private Wanted wanted(Frame frame) {
    return new Wanted(frame.history(), frame.recorded(), others(), alignment.get());
  }

  private void read(Wanted what, List<Path> files) {
    shownFiles = files;
    readAt = System.nanoTime();
    read.start(
        reading,
        tell -> {
          List<History> runs = new ArrayList<>(List.of(what.left));
          runs.addAll(recorded.of(what.others));
          tell.accept(ComparedRuns.of(runs, what.alignment));
        });
  }

  private void showPair() {
    pair.set(
        compared
            .get()
            .filter(all -> !all.others().isEmpty())
            .map(all -> all.others().get(besideIn(all) - 1).pair()));
  }

  /** Which run stands beside A, from 1. */
  int besideIn(ComparedRuns all) {
    return Math.clamp(beside.get(), 1, Math.max(1, all.others().size()));
  }

  /** Asks the models what the final texts are worth to them. */
  public void score() {
    cancelScoring();
    compared
        .get()
        .ifPresent(
            all -> {
              for (int i = 0; i < all.runs().size(); i++) {
                score(all.runs().get(i).trace(), bounds.get(i));
              }
            });
  }

  private void score(Trace<TokenState, TokenRecord> trace, Work<TextBound> bound) {
    String model = trace.header().model().name();
    // A header is not believed: only a bundled model is opened for it, never a path.
    if (!models.contains(model)) {
      bound.start(Runnable::run, _ -> FinalBound.refuse("its model is not bundled"));
      return;
    }
    session.ask(
        bound,
        model,
        (opened, alphabet, tell) ->
            FinalBound.of(trace, opened)
                .ifPresentOrElse(
                    tell, () -> FinalBound.refuse("its model is another, or its text has gaps")));
  }

  /** Gives up asking. */
  void cancelScoring() {
    bounds.forEach(Work::forget);
  }

  /** Whether the models are being asked. */
  public boolean scoring() {
    return bounds.stream().anyMatch(Work::goesOn);
  }

  /** What the model of a run said, from 0 for A; empty where nobody knows yet. */
  Optional<TextBound> bound(int run) {
    return bounds.get(run).current();
  }

  /** The same in words; empty where nobody asked. */
  public String boundWords(int run) {
    Work<TextBound> bound = bounds.get(run);
    return bound
        .current()
        .map(FinalBound::figures)
        .orElseGet(() -> bound.problem().isEmpty() && bound.goesOn() ? "…" : bound.problem());
  }

  /** Whether the two part anywhere. */
  public BooleanExpression diverge() {
    return Bindings.createBooleanBinding(
        () -> pair.get().flatMap(RunPair::first).isPresent(), pair.getReadOnlyProperty());
  }

  /** Goes where the two part. */
  public void toFirstDivergence() {
    pair.get()
        .flatMap(RunPair::first)
        .ifPresent(
            first -> {
              session.playhead().seek(first.step());
              session.selectionProperty().set(first.position());
            });
  }

  /** Goes where first both hold tokens that differ. */
  void toFirstDifferentTokens() {
    compared.get().filter(all -> !all.others().isEmpty()).ifPresent(this::toFirstDifferentTokens);
  }

  private void toFirstDifferentTokens(ComparedRuns all) {
    all.others()
        .get(besideIn(all) - 1)
        .firstTokens()
        .ifPresent(
            first -> {
              session.playhead().seek(Alignment.reached(first.place(), all.places().getFirst()));
              session.selectionProperty().set(first.position());
            });
  }

  /** How the runs race. */
  public RaceViewModel race() {
    return race;
  }

  /** Which steps are shown together, if all runs tell. */
  ObjectProperty<Alignment> alignmentProperty() {
    return alignment;
  }

  /** Which of the others stands beside A where there is room for one alone, from 1. */
  ObjectProperty<Integer> besideProperty() {
    return beside;
  }

  /** All that are compared, once they are read. */
  ReadOnlyObjectProperty<Optional<ComparedRuns>> comparedProperty() {
    return compared.getReadOnlyProperty();
  }

  /** Where what is shown is recorded, as {@link #files} was when it was read. */
  List<Path> shownFiles() {
    return shownFiles;
  }

  /** A and the one beside it, once both are read. */
  public ReadOnlyObjectProperty<Optional<RunPair>> pairProperty() {
    return pair.getReadOnlyProperty();
  }

  /** What there is to know about them, in a sentence; empty if all is well. */
  public ReadOnlyStringProperty noteProperty() {
    return note.getReadOnlyProperty();
  }
}
