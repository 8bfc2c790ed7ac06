package dev.unmask.app.picture;

import static dev.unmask.app.picture.Look.COMMITTED;
import static dev.unmask.app.picture.Look.COMMITTED_NOW;
import static dev.unmask.app.picture.Look.EDITED;
import static dev.unmask.app.picture.Look.GIVEN;
import static dev.unmask.app.picture.Look.KEPT_MASKED;
import static dev.unmask.app.picture.Look.MASKED;
import static dev.unmask.app.picture.Look.NOT_STARTED;
import static dev.unmask.app.picture.Look.REMASKED;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CellTest {
  private final History history = HandMade.history();

  @Test
  void startsMaskedWithLaterBlocksNotStarted() {
    assertThat(looks(0))
        .containsExactly(
            GIVEN,
            GIVEN,
            MASKED,
            MASKED,
            MASKED,
            MASKED,
            NOT_STARTED,
            NOT_STARTED,
            NOT_STARTED,
            NOT_STARTED);
  }

  @Test
  void tellsCommittedNowFromKeptMasked() {
    assertThat(looks(1)).startsWith(GIVEN, GIVEN, COMMITTED_NOW, KEPT_MASKED, KEPT_MASKED);
    assertThat(looks(2)).startsWith(GIVEN, GIVEN, COMMITTED, COMMITTED_NOW, COMMITTED_NOW);
  }

  @Test
  void tellsEditedAndRemaskedFromBoth() {
    assertThat(looks(3)[3]).isEqualTo(EDITED);
    assertThat(looks(4)[3]).isEqualTo(COMMITTED);
    assertThat(looks(4)[4]).isEqualTo(REMASKED);
    assertThat(looks(5)[4]).isEqualTo(KEPT_MASKED);
  }

  @Test
  void showsThePredictionTheLossAndTheReplacement() {
    assertThat(cell(1, 3)).extracting(Cell::text).isEqualTo(" time");
    assertThat(cell(4, 4)).extracting(Cell::text).isEqualTo(",");
    assertThat(cell(3, 3)).extracting(Cell::before, Cell::text).containsExactly(" cat", " time");
    assertThat(cell(0, 3).text()).isEmpty();
  }

  @Test
  void aPredictionOfTheMaskItselfIsNoToken() {
    var trace = new HandMade(0, "_").then(HandMade.row("_"), "_");
    assertThat(History.of(trace).moment(1).looks()).containsExactly(MASKED);
  }

  private Look[] looks(int step) {
    return history.moment(step).looks();
  }

  private Cell cell(int step, int position) {
    return Cell.at(history.moment(step), position, history.trace().header());
  }
}
