package dev.unmask.app.session;

import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The runs that have branches, with these; read from their files, so that nothing is forgotten. */
public final class Branches {
  private static final int MOST = 200;

  private final Session session;
  private final RunFolder runs;
  private final Names names;
  private final Executor reading;
  private final RunShelf shelf = new RunShelf();
  private final Work<BranchTree> tree = new Work<>();
  private Optional<BranchTree> listed = Optional.empty();
  private boolean changed;
  private String told = "";
  private final ObservableList<BranchTree.Node> nodes = FXCollections.observableArrayList();

  /**
   * Of a folder.
   *
   * @param reading reads the files
   */
  public Branches(Session session, RunFolder runs, Executor reading) {
    this.session = session;
    this.runs = runs;
    this.reading = reading;
    names = new Names(runs.folder().resolve("names.json"), session.announcements()::say);
    session
        .progressProperty()
        .map(now -> new Seen(now.map(Run.Progress::phase), session.file()))
        .subscribe(seen -> changed = true);
  }

  /** What the tree depends on. */
  private record Seen(Optional<Run.Phase> phase, Optional<Path> file) {}

  /** A run began or ended, or another is shown: there may be another file. */
  private void read() {
    changed = false;
    Optional<Path> shown = session.file().map(Path::toAbsolutePath);
    tree.start(
        reading,
        tell -> {
          List<Path> files =
              Stream.concat(shown.stream(), runs.latest(MOST).stream().map(Path::toAbsolutePath))
                  .distinct()
                  .filter(file -> !file.toString().endsWith(".part"))
                  .toList();
          tell.accept(BranchTree.of(shelf.of(files), file -> Optional.of(file).equals(shown)));
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
    if (!tree.value().equals(listed)) {
      listed = tree.value();
      listed.ifPresent(read -> nodes.setAll(read.nodes()));
    }
  }

  /** What the run that is shown is best compared with. */
  public Optional<Path> counterpart() {
    return session
        .file()
        .map(Path::toAbsolutePath)
        .flatMap(file -> listed.flatMap(read -> read.counterpart(file)));
  }

  /** What a run is called. */
  public String name(BranchTree.Node node) {
    return names.of(node.file()).orElse(node.words());
  }

  /** Calls a run something else; nothing typed gives it its own words back. */
  public void rename(BranchTree.Node node, String name) {
    names.put(node.file(), name.strip());
    nodes.setAll(List.copyOf(nodes));
  }

  /** Shows a run. */
  public void open(BranchTree.Node node) {
    session.open(node.file());
  }

  /** Whether a run is the one that is shown. */
  public boolean shown(BranchTree.Node node) {
    return session.file().map(Path::toAbsolutePath).equals(Optional.of(node.file()));
  }

  /** As a tree lists them, parents before their branches. */
  public ObservableList<BranchTree.Node> nodes() {
    return nodes;
  }

  /** What people called their runs, kept in a file. */
  public static final class Names {
    private final SettingsFile<Map<String, String>> file;
    private final Map<String, String> names;

    /** As they were kept. */
    Names(Path file, Consumer<String> told) {
      this.file = new SettingsFile<>(file, new TypeReference<>() {}, told);
      names = new LinkedHashMap<>(this.file.read(kept -> kept).orElse(Map.of()));
    }

    Optional<String> of(Path run) {
      return Optional.ofNullable(names.get(run.toString()));
    }

    /** An empty name is none. */
    void put(Path run, String name) {
      if (name.isEmpty()) {
        names.remove(run.toString());
      } else {
        names.put(run.toString(), name);
      }
      file.write(names);
    }
  }
}
