package dev.unmask.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.session.BranchTree.Node;
import dev.unmask.app.session.BranchTree.Recorded;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.trace.TraceHeader.Edit;
import dev.unmask.engine.trace.TraceHeader.Segment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BranchTreeTest {
  private static final Segment FIRST = new Segment(0, "llada", Map.of("steps", 8), List.of());

  private final Recorded root = run("1", Optional.empty(), FIRST);
  private final Recorded forced =
      run("2", Optional.of("1"), FIRST, changed(8, Edit.set(1, 2), Edit.set(2, 0)));
  private final Recorded hotter = run("3", Optional.of("2"), FIRST, changed(9));
  private final Recorded other = run("4", Optional.empty(), FIRST);

  @Test
  void branchesStandBelowTheRunThatTheyStartedFrom() {
    BranchTree tree = BranchTree.of(List.of(other, hotter, forced, root), file -> false);
    assertThat(tree.nodes())
        .containsExactly(
            new Node(Path.of("1"), 0, "llada, seed 7"),
            new Node(Path.of("2"), 1, "at 3: 1 = garden, 2 ↺"),
            new Node(Path.of("3"), 2, "at 3: steps 9"));
  }

  @Test
  void aRunWithoutBranchesIsListedWhileItIsShown() {
    BranchTree tree = BranchTree.of(List.of(other), Path.of("4")::equals);
    assertThat(tree.nodes()).extracting(Node::file).containsExactly(Path.of("4"));
  }

  @Test
  void aBranchWhoseParentIsGoneIsARoot() {
    BranchTree tree = BranchTree.of(List.of(forced), file -> false);
    assertThat(tree.nodes()).extracting(Node::depth).containsExactly(0);
  }

  private static Segment changed(int steps, Edit... edits) {
    return new Segment(3, "llada", Map.of("steps", steps), List.of(edits));
  }

  private static Recorded run(String name, Optional<String> parent, Segment... segments) {
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
    return new Recorded(Path.of(name), () -> name, header);
  }
}
