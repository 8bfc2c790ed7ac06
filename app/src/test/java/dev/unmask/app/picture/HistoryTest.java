package dev.unmask.app.picture;

import static dev.unmask.app.picture.HandMade.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.app.theme.Theme;
import dev.unmask.app.tokens.inspector.Inspection;
import dev.unmask.engine.trace.Breach;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private final History story = HandMade.history();

  @Test
  void growsWithItsTrace() {
    var trace = new HandMade(0, "_", "_");
    var history = new History(trace, Plan.of(trace));
    assertThat(history.steps()).isZero();
    trace.then(row("a", "b"), "a", "_");
    history.grow();
    history.grow();
    assertThat(history.steps()).isEqualTo(1);
    assertThat(history.moment(1).figures().committed()).isEqualTo(1);
  }

  @Test
  void knowsSinceWhenATokenIsThere() {
    assertThat(story.moment(3).since()).startsWith(0, 0, 1, 3, 2);
    assertThat(story.moment(4).since()[4]).isEqualTo(-1);
  }

  @Test
  void knowsWhenEachPositionLastGotAToken() {
    assertThat(History.arrivals(story.trace())).startsWith(0, 0, 1, 3);
    var untouched = new HandMade(0, "_", "_").then(row("a", "b"), "a", "_");
    assertThat(History.arrivals(untouched)).containsExactly(1, 0);
  }

  @Test
  void countsWhatAStepDid() {
    Figures fourth = story.moment(4).figures();
    assertThat(fourth.remasked()).isEqualTo(1);
    assertThat(fourth.committed()).isEqualTo(1);
    assertThat(fourth.masks()).isEqualTo(4);
    assertThat(story.moment(3).figures().edited()).isEqualTo(1);
    assertThat(story.moment(1).figures().leastConfidence()).isEqualTo(0.5, within(1e-6));
    assertThat(story.moment(0).figures().leastConfidence()).isNaN();
  }

  @Test
  void beforeTheDecisionEverythingPredictedIsStillMasked() {
    Frame frame = Frame.of(story, 1).in(Phase.PREDICTED);
    assertThat(frame.moment().looks()[2]).isEqualTo(Look.KEPT_MASKED);
    assertThat(frame.moment().figures().committed()).isZero();
    assertThat(frame.state()).isEqualTo(story.moment(0).state());
    assertThat(Frame.of(story, 1).moment().looks()[2]).isEqualTo(Look.COMMITTED_NOW);
  }

  @Test
  void findsWhatAnImportedTraceMustNotDo() {
    var trace =
        new HandMade(1, "x", "_").then(row("-", "b"), "y", "_").then(row("-", "b"), "y", "b");
    History history = History.of(trace);
    assertThat(history.moment(0).breaches()).isEmpty();
    assertThat(history.moment(2).breaches())
        .containsExactly(new Breach(1, 0, "the given token at position 0 was changed"));
    assertThat(history.moment(2).ownBreaches()).isEmpty();
    Frame frame = Frame.of(history, 1).selecting(0);
    assertThat(Inspection.of(frame).why())
        .endsWith("Breach: the given token at position 0 was changed.");
  }

  @Test
  void aTokenOfAUniformProcessIsNoiseUntilItIsReplaced() {
    var trace = HandMade.of("uniform", 0, "x", "y").then(row("a", "y"), "a", "y");
    History history = History.of(trace);
    assertThat(history.moment(0).looks()).containsOnly(Look.NOISE);
    assertThat(history.moment(1).looks()).containsExactly(Look.EDITED, Look.NOISE);
  }

  @Test
  void shadesByTheStepThatPutTheToken() {
    Frame frame = Frame.of(story, 5).viewed(View.WHOLE.in(Colouring.COMMIT_ORDER));
    var shading = new Shading(frame, Theme.DARK);
    StepView last = story.moment(5);
    assertThat(shading.share(last, 2)).isGreaterThan(shading.share(last, 3));
    assertThat(shading.share(last, 0)).isNaN();
    assertThat(shading.share(last, 4)).isNaN();
  }

  @Test
  void agreementTellsWhatWasPredictedRightInHindsight() {
    Frame frame = Frame.of(story, 1).viewed(View.WHOLE.in(Colouring.AGREEMENT));
    var shading = new Shading(frame, Theme.DARK);
    assertThat(shading.share(story.moment(1), 3)).isGreaterThan(0.5);
    assertThat(shading.share(story.moment(2), 3)).isLessThan(0.5);
  }

  @Test
  void scoresThatAreNoProbabilitiesGetAScaleOfTheirOwn() {
    assertThat(Scale.NOTHING.with(0.2f, 0.7f).ofConfidence()).isEqualTo(new Scale(0, 1));
    Scale logs = Scale.NOTHING.with(-4, -1, Float.NEGATIVE_INFINITY).ofConfidence();
    assertThat(logs.share(-4)).isZero();
    assertThat(logs.share(-1)).isEqualTo(1);
    assertThat(logs.share(Double.NaN)).isNaN();
  }
}
