package dev.unmask.app.compare;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.History;
import dev.unmask.app.session.RunList;
import dev.unmask.app.session.Session;
import dev.unmask.app.session.Work;
import dev.unmask.engine.convert.Conversion;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;

/** The run that is shown beside another: its parent or a branch, where nothing else is chosen. */
public final class CompareViewModel {
  private static final String NOTHING_CHOSEN =
      "Choose a run to compare with, once this one has ended; a branch is compared with its"
          + " parent.";

  private final Session session;
  private final RunList runs;
  private final Executor reading;
  private final Work<RunPair> read = new Work<>();
  private final Work<String> leftBound = new Work<>();
  private final Work<String> rightBound = new Work<>();
  private final ObjectProperty<Optional<Path>> chosen =
      new SimpleObjectProperty<>(Optional.empty());
  private final ObjectProperty<Alignment> alignment = new SimpleObjectProperty<>(Alignment.STEP);
  private final ReadOnlyObjectWrapper<Optional<RunPair>> pair =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper(NOTHING_CHOSEN);
  private final List<String> models;
  private Optional<Wanted> wanted = Optional.empty();

  /** What is to be compared. */
  private record Wanted(History left, int steps, Path right, Alignment alignment) {}

  /** What both final texts are worth to their models, in words; empty where nobody knows yet. */
  public record Bounds(String left, String right) {}

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
  }

  /** Takes over what was read, and reads what there is to be seen now. */
  public void pulse() {
    runs.pulse();
    // Where it cannot be read, the two that are shown stay.
    if (wanted.isPresent() && !read.goesOn()) {
      read.current().ifPresent(both -> pair.set(read.value()));
      note.set(read.problem());
    }
    Optional<Wanted> now =
        session
            .frameProperty()
            .get()
            .filter(frame -> !session.playhead().liveProperty().get())
            .flatMap(this::wanted);
    if (!now.equals(wanted)) {
      wanted = now;
      cancelScoring();
      // What is of another run than the one shown would not be true; its other side may stay.
      if (!pair.get().map(RunPair::left).equals(now.map(Wanted::left))) {
        pair.set(Optional.empty());
      }
      note.set(now.isPresent() ? "Reading …" : NOTHING_CHOSEN);
      now.ifPresent(this::read);
    }
  }

  private Optional<Wanted> wanted(Frame frame) {
    return other()
        .map(file -> new Wanted(frame.history(), frame.recorded(), file, alignment.get()));
  }

  private void read(Wanted what) {
    read.start(
        reading,
        tell -> {
          History right =
              History.of(Conversion.open(what.right, Arena.ofAuto()), session.samplers());
          tell.accept(RunPair.of(what.left, right, what.alignment));
        });
  }

  /** What it is compared with. */
  Optional<Path> other() {
    return chosen.get().or(() -> runs.counterpart());
  }

  /** Asks the models what both final texts are worth to them. */
  public void score() {
    cancelScoring();
    pair.get()
        .ifPresent(
            both -> {
              score(both.left().trace(), leftBound);
              score(both.right().trace(), rightBound);
            });
  }

  private void score(Trace<TokenState, TokenRecord> trace, Work<String> bound) {
    String model = trace.header().model().name();
    // A header is not believed: only a bundled model is opened for it, never a path.
    if (!models.contains(model)) {
      bound.start(Runnable::run, tell -> tell.accept("no bound: its model is not bundled"));
      return;
    }
    session.ask(
        bound,
        model,
        (opened, alphabet, tell) ->
            tell.accept(
                FinalBound.of(trace, opened)
                    .map("bound "::concat)
                    .orElse("no bound: its model is another, or its text has gaps")));
  }

  /** Gives up asking. */
  void cancelScoring() {
    leftBound.forget();
    rightBound.forget();
  }

  /** Whether the models are being asked. */
  public boolean scoring() {
    return leftBound.goesOn() || rightBound.goesOn();
  }

  /** What the models said so far. */
  public Bounds bounds() {
    return new Bounds(words(leftBound), words(rightBound));
  }

  private static String words(Work<String> bound) {
    return bound.problem().isEmpty()
        ? bound.value().orElse(bound.goesOn() ? "bound …" : "")
        : bound.problem();
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

  /** What was chosen; empty for the run's parent or branch. */
  public ObjectProperty<Optional<Path>> chosenProperty() {
    return chosen;
  }

  /** Which steps are shown together. */
  ObjectProperty<Alignment> alignmentProperty() {
    return alignment;
  }

  /** The two, once both are read. */
  public ReadOnlyObjectProperty<Optional<RunPair>> pairProperty() {
    return pair.getReadOnlyProperty();
  }

  /** What there is to know about the two, in a sentence; empty if all is well. */
  public ReadOnlyStringProperty noteProperty() {
    return note.getReadOnlyProperty();
  }
}
