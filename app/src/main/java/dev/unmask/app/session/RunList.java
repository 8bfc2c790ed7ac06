package dev.unmask.app.session;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/**
 * Every run that there is to go back to: those of this session, what could not be started, and what
 * was recorded before; each branch below the run that it started from. What they are is read from
 * their files, so that nothing is forgotten.
 */
public final class RunList {
  private static final int MOST = 200;

  private final Session session;
  private final RunFolder runs;
  private final RunNames names;
  private final Executor reading;
  private final RunShelf shelf = new RunShelf();
  private final Work<RunTree> tree = new Work<>();
  private final ObservableList<Row> rows = FXCollections.observableArrayList();
  private final StringProperty filter = new SimpleStringProperty("");
  private final ReadOnlyBooleanWrapper removed = new ReadOnlyBooleanWrapper();
  private final Deque<RunFolder.Removal> removals = new ArrayDeque<>();

  /** Those that were shown since the start, the latest first, as far as they are known. */
  private final Map<Path, Optional<RunSummary>> shown = new LinkedHashMap<>();

  private RunTree listed = RunTree.EMPTY;
  private boolean changed;
  private String told = "";

  /**
   * Of a folder.
   *
   * @param reading reads the files
   */
  public RunList(Session session, RunFolder runs, Executor reading) {
    this.session = session;
    this.runs = runs;
    this.reading = reading;
    names = new RunNames(runs.folder().resolve("names.json"), session.announcements()::say);
    session
        .progressProperty()
        .map(now -> new Seen(now.map(Run.Progress::phase), session.file()))
        .subscribe(seen -> see());
    session.shownFileProperty().subscribe(file -> see());
    session.refused().subscribe(this::list);
    filter.subscribe(this::list);
  }

  /** A row of the list. */
  public sealed interface Row {
    /** What stands over some rows. */
    record Heading(String words) implements Row {}

    /** A run in its place. */
    record Recorded(RunTree.Node node) implements Row {}

    /** What was asked for, and was wrong. */
    record NotStarted(Session.Refused refused) implements Row {}
  }

  /** What the list depends on. */
  private record Seen(Optional<Run.Phase> phase, Optional<Path> file) {}

  /** A run began or ended, or another is shown: there may be another file. */
  private void see() {
    changed = true;
    session.shownFileProperty().get().map(Path::toAbsolutePath).ifPresent(this::remember);
    session
        .file()
        .map(Path::toAbsolutePath)
        .ifPresent(
            file -> {
              remember(file);
              session
                  .progressProperty()
                  .get()
                  .flatMap(Run.Progress::history)
                  .ifPresent(
                      history ->
                          shown.put(file, Optional.of(RunSummary.ofTokens(file, history.trace()))));
            });
  }

  private void remember(Path file) {
    if (!shown.containsKey(file)) {
      var before = new LinkedHashMap<>(shown);
      shown.clear();
      shown.put(file, Optional.empty());
      shown.putAll(before);
    }
  }

  private void read() {
    changed = false;
    Map<Path, Optional<RunSummary>> known = new LinkedHashMap<>(shown);
    tree.start(
        reading,
        tell -> {
          List<Path> files =
              Stream.concat(
                      known.keySet().stream(), runs.latest(MOST).stream().map(Path::toAbsolutePath))
                  .distinct()
                  .filter(file -> !file.toString().endsWith(".part"))
                  .toList();
          List<RunSummary> all = new ArrayList<>();
          for (Path file : files) {
            known
                .getOrDefault(file, Optional.empty())
                .map(List::of)
                .orElseGet(() -> shelf.of(List.of(file)))
                .forEach(all::add);
          }
          tell.accept(RunTree.of(all, shelf::sha256));
        });
  }

  /** Takes over what was read, and reads what changed; what is being read is read to its end. */
  public void pulse() {
    if (changed && !tree.goesOn()) {
      read();
    }
    if (!tree.problem().equals(told)) {
      told = tree.problem();
      if (!told.isEmpty()) {
        session.tell(told);
      }
    }
    tree.value()
        .filter(read -> read != listed)
        .ifPresent(
            read -> {
              listed = read;
              list();
            });
  }

  private void list() {
    List<Row> ofSession = new ArrayList<>();
    if (filter.get().isBlank()) {
      session.refused().get().forEach(refused -> ofSession.add(new Row.NotStarted(refused)));
    }
    List<Row> before = new ArrayList<>();
    List<RunTree.Node> one = new ArrayList<>();
    for (RunTree.Node node : listed.nodes()) {
      if (node.depth() == 0) {
        sort(one, ofSession, before);
        one.clear();
      }
      one.add(node);
    }
    sort(one, ofSession, before);
    List<Row> all = new ArrayList<>();
    under("This session", ofSession, all);
    under("Before", before, all);
    // Also where the rows are the same: whether one of them still runs is not in them.
    rows.setAll(all);
  }

  /** A run and its branches are of this session where one of them was shown in it. */
  private void sort(List<RunTree.Node> one, List<Row> ofSession, List<Row> before) {
    boolean recent = one.stream().anyMatch(node -> shown.containsKey(node.file()));
    one.stream()
        .filter(node -> node.run().matches(name(node), filter.get()))
        .map(Row.Recorded::new)
        .forEach((recent ? ofSession : before)::add);
  }

  private static void under(String heading, List<Row> some, List<Row> all) {
    if (!some.isEmpty()) {
      all.add(new Row.Heading(heading));
      all.addAll(some);
    }
  }

  /** What the run that is shown is best compared with. */
  public Optional<Path> counterpart() {
    return session.file().map(Path::toAbsolutePath).flatMap(listed::counterpart);
  }

  /** The run that is shown, after those that it came from. */
  public List<RunTree.Node> line() {
    return session.file().map(Path::toAbsolutePath).map(listed::line).orElse(List.of());
  }

  /** What a run is called. */
  public String name(RunTree.Node node) {
    return names.of(node.file()).orElse(node.run().title());
  }

  /** Calls a run something else; nothing typed gives it its own words back. */
  public void rename(RunTree.Node node, String name) {
    names.put(node.file(), name.strip());
    rows.setAll(List.copyOf(rows));
  }

  /** Shows a run. */
  public void open(RunTree.Node node) {
    session.open(node.file());
  }

  /** Whether a run is the one that is shown. */
  public boolean shown(RunTree.Node node) {
    return session.file().map(Path::toAbsolutePath).equals(Optional.of(node.file()));
  }

  /** Whether a run still takes steps, so that its figures are not its last. */
  public boolean live(RunTree.Node node) {
    return shown(node)
        && session.progressProperty().get().filter(now -> now.phase().live()).isPresent();
  }

  /** Takes a run out of the list; one that the program recorded is kept aside. */
  public void remove(RunTree.Node node) {
    removals.push(runs.remove(node.file()));
    shown.remove(node.file());
    removed.set(true);
    changed = true;
    session
        .announcements()
        .say("%s was taken out of the list; Undo brings it back.".formatted(name(node)));
  }

  /** Brings back what was taken out last. */
  public void undoRemoval() {
    if (!removals.isEmpty()) {
      RunFolder.Removal last = removals.pop();
      last.undo();
      remember(last.file());
      changed = true;
      removed.set(!removals.isEmpty());
    }
  }

  /** Whether there is something to bring back. */
  public ReadOnlyBooleanProperty removedProperty() {
    return removed.getReadOnlyProperty();
  }

  /** What is looked for in the list; empty for all. */
  public StringProperty filterProperty() {
    return filter;
  }

  /** The list, with headings. */
  public ObservableList<Row> rows() {
    return rows;
  }
}
