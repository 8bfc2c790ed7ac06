package dev.unmask.app.session;

import dev.unmask.engine.trace.TraceHeader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Runs with the branches that started from them, in the order of a tree. */
public record BranchTree(List<Node> nodes) {
  /**
   * A recorded run.
   *
   * @param sha256 of its file, computed when a branch asks
   */
  public record Recorded(Path file, Supplier<String> sha256, TraceHeader header) {
    private boolean startedFrom(Recorded other) {
      return header
          .parent()
          .filter(parent -> parent.sha256().equals(other.sha256.get()))
          .isPresent();
    }
  }

  /**
   * A run in its place.
   *
   * @param depth 0 for one that started from no other here
   * @param words what it is, where nobody named it
   */
  public record Node(Path file, int depth, String words) {}

  /**
   * Those runs that have branches, with their branches, and one that is shown.
   *
   * @param shown whether a file is on show
   */
  public static BranchTree of(List<Recorded> runs, Predicate<Path> shown) {
    List<Node> nodes = new ArrayList<>();
    for (Recorded run : runs) {
      boolean root = runs.stream().noneMatch(run::startedFrom);
      boolean parent = runs.stream().anyMatch(other -> other.startedFrom(run));
      if (root && (parent || run.header.parent().isPresent() || shown.test(run.file))) {
        add(run, 0, runs, nodes);
      }
    }
    return new BranchTree(List.copyOf(nodes));
  }

  /** What a run is best compared with: the one that it started from, else its first branch. */
  public Optional<Path> counterpart(Path run) {
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).file.equals(run)) {
        int depth = nodes.get(i).depth;
        Optional<Path> branch =
            i + 1 < nodes.size() && nodes.get(i + 1).depth > depth
                ? Optional.of(nodes.get(i + 1).file)
                : Optional.empty();
        return nodes.subList(0, i).reversed().stream()
            .filter(node -> node.depth == depth - 1)
            .map(Node::file)
            .findFirst()
            .or(() -> branch);
      }
    }
    return Optional.empty();
  }

  private static void add(Recorded run, int depth, List<Recorded> runs, List<Node> nodes) {
    nodes.add(new Node(run.file, depth, words(run.header)));
    runs.stream()
        .filter(other -> other.startedFrom(run))
        .sorted(Comparator.comparing(Recorded::file))
        .forEach(branch -> add(branch, depth + 1, runs, nodes));
  }

  private static String words(TraceHeader header) {
    return header
        .parent()
        .map(parent -> "at %d: %s".formatted(parent.step(), EditWords.of(header)))
        .orElseGet(
            () ->
                header.segments().isEmpty()
                    ? header.source().orElse("imported")
                    : "%s, seed %d"
                        .formatted(header.segments().getFirst().sampler(), header.seed()));
  }
}
