package dev.unmask.app.session;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
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
  private final AtomicReference<Optional<BranchTree>> finished =
      new AtomicReference<>(Optional.empty());
  private BranchTree tree = new BranchTree(List.of());
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
        .subscribe(seen -> read());
  }

  /** What the tree depends on. */
  private record Seen(Optional<Run.Phase> phase, Optional<Path> file) {}

  /** A run began or ended, or another is shown: there may be another file. */
  private void read() {
    Optional<Path> shown = session.file().map(Path::toAbsolutePath);
    Work.begin(
        reading,
        () -> {
          List<Path> files =
              Stream.concat(shown.stream(), runs.latest(MOST).stream().map(Path::toAbsolutePath))
                  .distinct()
                  .filter(file -> !file.toString().endsWith(".part"))
                  .toList();
          BranchTree tree = BranchTree.of(shelf.of(files), file -> Optional.of(file).equals(shown));
          finished.set(Optional.of(tree));
        },
        session::tell);
  }

  /** Takes over what was read. */
  public void pulse() {
    finished
        .getAndSet(Optional.empty())
        .ifPresent(
            read -> {
              tree = read;
              nodes.setAll(read.nodes());
            });
  }

  /** What the run that is shown is best compared with. */
  public Optional<Path> counterpart() {
    return session.file().map(Path::toAbsolutePath).flatMap(tree::counterpart);
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
}
