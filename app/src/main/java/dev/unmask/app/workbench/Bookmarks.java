package dev.unmask.app.workbench;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** Steps that were marked, with a note each, kept in a file beside the trace. */
public final class Bookmarks {
  /** What is added to a trace's name for its bookmarks. */
  static final String EXTENSION = ".bookmarks.json";

  private static final System.Logger LOG = System.getLogger(Bookmarks.class.getName());
  private static final JsonMapper JSON = new JsonMapper();

  private final ObservableList<Bookmark> marks = FXCollections.observableArrayList();
  private Optional<Path> file = Optional.empty();

  /**
   * A mark.
   *
   * @param step where it is
   * @param note may be empty
   */
  public record Bookmark(int step, String note) {
    /** For a list or a tooltip. */
    String words() {
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
    Path beside = trace.resolveSibling(trace.getFileName() + EXTENSION);
    file = Optional.of(beside);
    if (Files.isRegularFile(beside)) {
      marks.setAll(read(beside));
    }
  }

  private static List<Bookmark> read(Path file) {
    try {
      return JSON.readValue(Files.readString(file), new TypeReference<List<Bookmark>>() {});
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, file + " holds no bookmarks", e);
      return List.of();
    }
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
    if (file.isEmpty()) {
      return;
    }
    try {
      Files.writeString(file.get(), JSON.writeValueAsString(marks));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the bookmarks cannot be kept", e);
    }
  }

  /** All of them, in the order of their steps. */
  public ObservableList<Bookmark> marks() {
    return marks;
  }
}
