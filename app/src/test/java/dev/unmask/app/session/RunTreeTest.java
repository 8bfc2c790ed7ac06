package dev.unmask.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.session.RunTree.Node;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.trace.TraceHeader.Edit;
import dev.unmask.engine.trace.TraceHeader.Segment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunTreeTest {
  private static final Segment FIRST = new Segment(0, "llada", Map.of("steps", 8), List.of());

  private final RunSummary root = run("1", Optional.empty(), FIRST);
  private final RunSummary forced =
      run("2", Optional.of("1"), FIRST, changed(8, Edit.set(1, 2), Edit.set(2, 0)));
  private final RunSummary hotter = run("3", Optional.of("2"), FIRST, changed(9));
  private final RunSummary other = run("4", Optional.empty(), FIRST);
  private final RunTree all = tree(other, hotter, forced, root);

  @Test
  void branchesStandBelowTheRunThatTheyStartedFromAndTellWhatTheyChanged() {
    assertThat(all.nodes())
        .containsExactly(
            new Node(other, 0), new Node(root, 0), new Node(forced, 1), new Node(hotter, 2));
    assertThat(all.nodes())
        .extracting(node -> node.run().title())
        .containsExactly(
            "model · llada · 7", "model · llada · 7", "at 3: 1 = garden, 2 ↺", "at 3: steps 9");
  }

  @Test
  void aBranchWhoseParentIsGoneIsARoot() {
    assertThat(tree(forced).nodes()).extracting(Node::depth).containsExactly(0);
  }

  @Test
  void aRunIsTracedBackToTheFirstThatItCameFrom() {
    assertThat(all.line(hotter.file())).extracting(Node::run).containsExactly(root, forced, hotter);
    assertThat(all.line(other.file())).extracting(Node::run).containsExactly(other);
    assertThat(all.line(Path.of("none"))).isEmpty();
  }

  @Test
  void aRunIsBestComparedWithItsParentElseWithItsFirstBranch() {
    assertThat(all.counterpart(hotter.file())).contains(forced.file());
    assertThat(all.counterpart(root.file())).contains(forced.file());
    assertThat(all.counterpart(other.file())).isEmpty();
  }

  private static RunTree tree(RunSummary... runs) {
    return RunTree.of(List.of(runs), Path::toString);
  }

  private static Segment changed(int steps, Edit... edits) {
    return new Segment(3, "llada", Map.of("steps", steps), List.of(edits));
  }

  private static RunSummary run(String name, Optional<String> parent, Segment... segments) {
    var header =
        new TraceHeader(
            new TraceHeader.Model("model", "0"),
            new TraceHeader.Tokens(List.of("[MASK]", "a", "garden"), 0, 4, 0),
            "absorbing",
            "philox",
            7,
            List.of(segments),
            parent.map(sha -> new TraceHeader.Parent(sha, 3)),
            Optional.empty(),
            "test");
    Path file = Path.of(name);
    return new RunSummary(
        file, "silent", RunSummary.title(file, header), "a …", 8, 8, header.parent());
  }
}
