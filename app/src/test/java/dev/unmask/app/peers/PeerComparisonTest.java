package dev.unmask.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.peers.Contender.Turn;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerComparisonTest {
  private static final List<Turn> OURS = List.of(new Turn(1, 1), new Turn(4, 1), new Turn(1.2, 1));
  private static final List<Turn> THEIRS = List.of(new Turn(2, 2), new Turn(5, 2), new Turn(2, 2));

  @Test
  void turnsAreComparedWithTheTurnsBesideThem() {
    PeerComparison comparison = comparison(1, true);
    assertThat(comparison.line().strip().split(" {2,}"))
        .containsExactly(
            "block", "1", "torch", "120", "200", "0.60", "0.50–0.80", "0.50", "25", "15", "as one");
  }

  @Test
  void whoComputesSomethingElseHasNoRatio() {
    assertThat(comparison(1, false).line()).contains("–").doesNotContain("0.60");
  }

  @Test
  void moreThreadsAreComparedWithFewer() {
    assertThat(comparison(2, true).gain(comparison(1, true)))
        .startsWith("block")
        .contains("2 threads against 1: ours 1.00 times as fast, torch 1.00");
  }

  @Test
  void aLineStandsUnderTheNamesOfItsColumns() {
    String[] header = PeerComparison.header().split("\\R");
    assertThat(header).hasSize(2);
    assertThat(comparison(1, true).line().indexOf("as one"))
        .isEqualTo(header[1].indexOf("results"));
  }

  private static PeerComparison comparison(int threads, boolean alike) {
    return new PeerComparison(
        new PeerWork.Evaluation("block", Path.of("a"), new int[] {0}),
        threads,
        "torch",
        10,
        OURS,
        THEIRS,
        0.03,
        new Agreement(alike, "as one"));
  }
}
