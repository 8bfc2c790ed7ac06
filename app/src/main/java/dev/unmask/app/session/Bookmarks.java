package dev.unmask.app.session;

import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** Steps that were marked, with a note each, kept in a file beside the trace. */
public final class Bookmarks {
  /** What is added to a trace's name for its bookmarks. */
  static final String EXTENSION = ".bookmarks.json";

  private static final TypeReference<List<Bookmark>> TYPE = new TypeReference<>() {};

  private final Consumer<String> told;
  private final ObservableList<Bookmark> marks = FXCollections.observableArrayList();
  private Optional<SettingsFile<List<Bookmark>>> file = Optional.empty();

  /** With none, and no trace that they would belong to. */
  Bookmarks(Consumer<String> told) {
    this.told = told;
  }

  /**
   * A mark.
   *
   * @param step where it is, from 0
   * @param note may be empty
   */
  public record Bookmark(int step, String note) {
    /** Without a note, an empty one. */
    public Bookmark {
      note = note == null ? "" : note;
      if (step < 0) {
        throw new IllegalArgumentException("there is no step " + step);
      }
    }

    /** For a list or a tooltip. */
    public String words() {
      return note.isEmpty() ? "Step " + step : "Step %d: %s".formatted(step, note);
    }
  }

  /** None, and no trace that they would belong to. */
  void forget() {
    marks.clear();
    file = Optional.empty();
  }

  /** From now on they are those of this trace. */
  void belongTo(Path trace) {
    if (file.isPresent()) {
      return;
    }
    var beside = new SettingsFile<>(beside(trace), TYPE, told);
    file = Optional.of(beside);
    beside.read(kept -> kept).ifPresent(marks::setAll);
    marks.sort(Comparator.comparingInt(Bookmark::step));
  }

  /** Where the bookmarks of a trace are kept. */
  static Path beside(Path trace) {
    return trace.resolveSibling(trace.getFileName() + EXTENSION);
  }

  /** Marks a step, or changes its note. */
  public void put(int step, String note) {
    marks.removeIf(mark -> mark.step() == step);
    marks.add(new Bookmark(step, note));
    marks.sort(Comparator.comparingInt(Bookmark::step));
    write();
  }

  /** Takes the mark of a step away, if it has one. */
  public void remove(int step) {
    marks.removeIf(mark -> mark.step() == step);
    write();
  }

  /** Marks a step, or takes its mark away. */
  public void toggle(int step) {
    if (at(step).isPresent()) {
      remove(step);
    } else {
      put(step, "");
    }
  }

  /** The mark of a step. */
  public Optional<Bookmark> at(int step) {
    return marks.stream().filter(mark -> mark.step() == step).findFirst();
  }

  /** The first marked step after another. */
  public OptionalInt after(int step) {
    return marks.stream().mapToInt(Bookmark::step).filter(s -> s > step).min();
  }

  /** The last marked step before another. */
  public OptionalInt before(int step) {
    return marks.stream().mapToInt(Bookmark::step).filter(s -> s < step).max();
  }

  private void write() {
    file.ifPresent(beside -> beside.write(List.copyOf(marks)));
  }

  /** All of them, in the order of their steps. */
  public ObservableList<Bookmark> marks() {
    return marks;
  }
}
