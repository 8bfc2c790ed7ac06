package dev.unmask.app.session;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Runs with the branches that started from them, in the order of a tree. */
public record RunTree(List<Node> nodes) {
  /** None. */
  static final RunTree EMPTY = new RunTree(List.of());

  /**
   * A run in its place.
   *
   * @param depth 0 for one that started from no other here
   */
  public record Node(RunSummary run, int depth) {
    /** Where it is recorded. */
    public Path file() {
      return run.file();
    }
  }

  /**
   * All of these runs, each below the one that it started from.
   *
   * @param sha256 of a run's file; asked only where some run is a branch
   */
  public static RunTree of(List<RunSummary> runs, Function<Path, String> sha256) {
    var nodes = new ArrayList<Node>();
    var tree = new Growth(runs, sha256, nodes);
    runs.stream().filter(run -> tree.origin(run).isEmpty()).forEach(run -> tree.add(run, 0));
    return new RunTree(List.copyOf(nodes));
  }

  /** A tree while it grows. */
  private record Growth(List<RunSummary> runs, Function<Path, String> sha256, List<Node> nodes) {
    Optional<RunSummary> origin(RunSummary branch) {
      return branch
          .parent()
          .flatMap(
              parent ->
                  runs.stream()
                      .filter(run -> run != branch)
                      .filter(run -> sha256.apply(run.file()).equals(parent.sha256()))
                      .findFirst());
    }

    void add(RunSummary run, int depth) {
      nodes.add(new Node(run, depth));
      runs.stream()
          .filter(branch -> origin(branch).filter(run::equals).isPresent())
          .sorted(Comparator.comparing(RunSummary::file))
          .forEach(branch -> add(branch, depth + 1));
    }
  }

  /** The run that another started from, as far as it is here. */
  public Optional<Node> parent(Path run) {
    return index(run)
        .flatMap(
            index ->
                nodes.subList(0, index).reversed().stream()
                    .filter(node -> node.depth == nodes.get(index).depth - 1)
                    .findFirst());
  }

  /** A run with those that it came from, the first of them first; none for one that is not here. */
  public List<Node> line(Path run) {
    var line = new ArrayList<Node>();
    Optional<Node> next = index(run).map(nodes::get);
    while (next.isPresent()) {
      line.addFirst(next.get());
      next = parent(next.get().file());
    }
    return line;
  }

  /** What a run is best compared with: the one that it started from, else its first branch. */
  public Optional<Path> counterpart(Path run) {
    Optional<Path> branch =
        index(run)
            .filter(index -> index + 1 < nodes.size())
            .filter(index -> nodes.get(index + 1).depth > nodes.get(index).depth)
            .map(index -> nodes.get(index + 1).file());
    return parent(run).map(Node::file).or(() -> branch);
  }

  private Optional<Integer> index(Path run) {
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).file().equals(run)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }
}
