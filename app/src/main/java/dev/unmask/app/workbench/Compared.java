package dev.unmask.app.workbench;

import dev.unmask.app.debugger.Alignment;
import dev.unmask.app.debugger.Pair;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.History;
import dev.unmask.engine.InputException;
import dev.unmask.engine.convert.Conversion;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;

/** The run that is shown beside another: its parent or a branch, where nothing else is chosen. */
final class Compared {
  private static final String NOTHING_CHOSEN =
      "Choose a run to compare with, once this one has ended; a branch is compared with its parent.";

  private final Session session;
  private final Branches branches;
  private final Executor reading;
  private final ObjectProperty<Optional<Path>> chosen =
      new SimpleObjectProperty<>(Optional.empty());
  private final ObjectProperty<Alignment> alignment = new SimpleObjectProperty<>(Alignment.STEP);
  private final ReadOnlyObjectWrapper<Optional<Pair>> pair =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper(NOTHING_CHOSEN);
  private final AtomicReference<Optional<Read>> finished = new AtomicReference<>(Optional.empty());
  private Optional<Wanted> wanted = Optional.empty();

  /** What is to be compared. */
  private record Wanted(History left, int steps, Path right, Alignment alignment) {}

  /** What came of it; without a pair, why. */
  private record Read(Wanted wanted, Optional<Pair> pair, String note) {}

  /**
   * For the run of a session.
   *
   * @param reading reads files
   */
  Compared(Session session, Branches branches, Executor reading) {
    this.session = session;
    this.branches = branches;
    this.reading = reading;
  }

  /** Takes over what was read, and reads what there is to be seen now. */
  void pulse() {
    branches.pulse();
    finished
        .getAndSet(Optional.empty())
        .filter(read -> wanted.equals(Optional.of(read.wanted)))
        .ifPresent(
            read -> {
              pair.set(read.pair);
              note.set(read.note);
            });
    Optional<Wanted> now =
        session
            .frameProperty()
            .get()
            .filter(frame -> !session.playhead().liveProperty().get())
            .flatMap(this::wanted);
    if (!now.equals(wanted)) {
      wanted = now;
      pair.set(Optional.empty());
      note.set(now.isPresent() ? "Reading …" : NOTHING_CHOSEN);
      now.ifPresent(what -> reading.execute(() -> finished.set(Optional.of(read(what)))));
    }
  }

  private Optional<Wanted> wanted(Frame frame) {
    return other()
        .map(file -> new Wanted(frame.history(), frame.recorded(), file, alignment.get()));
  }

  private static Read read(Wanted what) {
    try {
      History right = History.of(Conversion.open(what.right));
      return new Read(what, Optional.of(Pair.of(what.left, right, what.alignment)), "");
    } catch (InputException e) {
      return new Read(what, Optional.empty(), e.getMessage());
    }
  }

  /** What it is compared with. */
  Optional<Path> other() {
    return chosen.get().or(() -> branches.counterpart());
  }

  /** Goes where the two part. */
  void toFirstDivergence() {
    pair.get()
        .flatMap(Pair::first)
        .ifPresent(
            first -> {
              session.playhead().seek(first.step());
              session.selectionProperty().set(first.position());
            });
  }

  /** What was chosen; empty for the run's parent or branch. */
  ObjectProperty<Optional<Path>> chosenProperty() {
    return chosen;
  }

  /** Which steps are shown together. */
  ObjectProperty<Alignment> alignmentProperty() {
    return alignment;
  }

  /** The two, once both are read. */
  ReadOnlyObjectProperty<Optional<Pair>> pairProperty() {
    return pair.getReadOnlyProperty();
  }

  /** Why there is nothing to compare, in a sentence; empty if there is. */
  ReadOnlyStringProperty noteProperty() {
    return note.getReadOnlyProperty();
  }
}
