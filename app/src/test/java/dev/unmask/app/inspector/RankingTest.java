package dev.unmask.app.inspector;

import static dev.unmask.app.picture.HandMade.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.picture.HandMade;
import dev.unmask.app.picture.History;
import org.junit.jupiter.api.Test;

/** The hand-made confidences go down from left to right. */
class RankingTest {
  @Test
  void aQuotaIsToldOnlyWhereTheMostConfidentWereCommitted() {
    assertThat(after("a", "b", "_").words()).endsWith("2nd of 3; the quota was 2");
    assertThat(after("_", "b", "_").words()).endsWith("2nd of 3; 1 was committed, not by rank");
    assertThat(after("_", "b", "c").words()).endsWith("2 were committed, not by rank");
    assertThat(after("a", "b", "c").words()).endsWith("all were committed");
    assertThat(after("_", "_", "_").words()).endsWith("none was committed");
  }

  /** Of the second of three positions, after a step that led there. */
  private static Ranking after(String... next) {
    var trace = new HandMade(0, "_", "_", "_").then(row("a", "b", "c"), next);
    return Ranking.of(History.of(trace).moment(1), 1);
  }
}
