package dev.unmask.app.compare;

import static dev.unmask.app.picture.HandMade.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.HandMade;
import dev.unmask.app.picture.History;
import dev.unmask.app.theme.Theme;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hand-made times fall by 1/8 a step, and each step is one evaluation. */
class ComparedRunsTest {
  private final History slow =
      History.of(
          new HandMade(1, "a", "_", "_")
              .then(row("-", "b", "c"), "a", "b", "_")
              .then(row("-", "-", "c"), "a", "b", "c")
              .then(row("-", "-", "-"), "a", "b", "c"));
  private final History quick =
      History.of(
          new HandMade(1, "a", "_", "_")
              .then(row("-", "b", "d"), "a", "b", "d")
              .then(row("-", "-", "c"), "a", "b", "c"));
  private final History longer =
      History.of(
          new HandMade(0, "a", "_", "_", "_").then(row("-", "b", "-", "e"), "a", "b", "_", "e"));

  @Test
  void tokensDifferFromWhereBothAreThereToWhereOneIsChanged() {
    History late =
        History.of(
            new HandMade(1, "a", "_", "_")
                .then(row("-", "b", "c"), "a", "_", "c")
                .then(row("-", "b", "-"), "a", "b", "c"));
    JointLives lives = ComparedRuns.of(List.of(late, quick), Alignment.STEP).others().getFirst();
    assertThat(lives.spans().get(2)).containsExactly(new JointLives.Span(1, 2));
    assertThat(lives.spans().get(1)).isEmpty();
    assertThat(lives.differing().isEmpty()).isTrue();
    JointLives.Parting first = lives.firstTokens().orElseThrow();
    assertThat(first.place()).isEqualTo(1);
    assertThat(first.words()).isEqualTo("position 2: A “c”, B “d”");
    assertThat(lives.parting().orElseThrow().words()).isEqualTo("position 1: A masked, B “b”");
  }

  @Test
  void whatDiffersToTheEndDiffersToTheAxisEnd() {
    History other =
        History.of(new HandMade(1, "a", "_", "_").then(row("-", "b", "d"), "a", "b", "d"));
    JointLives lives = ComparedRuns.of(List.of(slow, other), Alignment.STEP).others().getFirst();
    assertThat(lives.spans().get(2)).containsExactly(new JointLives.Span(2, 3));
    assertThat(lives.differing().stream()).containsExactly(2);
  }

  @Test
  void runsAreAlignedByTheTimeOfTheProcess() {
    ComparedRuns compared = ComparedRuns.of(List.of(slow, quick), Alignment.TIME);
    assertThat(compared.axis().from()).isEqualTo(-1);
    assertThat(compared.axis().to()).isEqualTo(-0.625);
    assertThat(compared.axis().alignment().words(compared.place(1))).isEqualTo("0.875");
    assertThat(compared.step(1, 3)).isEqualTo(2);
    assertThat(compared.stepAt(-0.87)).isEqualTo(1);
  }

  @Test
  void aRunThatDoesNotTellItsPlaceIsAlignedBySteps() {
    History silent = History.of(new SilentTrace(slow.trace()));
    assertThat(ComparedRuns.of(List.of(slow, silent), Alignment.EVALUATIONS).alignment())
        .isEqualTo(Alignment.STEP);
    assertThat(ComparedRuns.of(List.of(slow, slow), Alignment.EVALUATIONS).alignment())
        .isEqualTo(Alignment.EVALUATIONS);
  }

  @Test
  void runsOfOtherLengthsAreComparedAsFarAsBothGo() {
    ComparedRuns compared = ComparedRuns.of(List.of(slow, longer), Alignment.STEP);
    JointLives lives = compared.others().getFirst();
    assertThat(compared.length()).isEqualTo(4);
    assertThat(lives.differing().stream()).containsExactly(2, 3);
    assertThat(lives.spans().get(3)).isEmpty();
    Frame beside = compared.frame(1, Frame.of(slow, 1).selecting(3));
    assertThat(beside.selection()).isEqualTo(3);
    ComparedRuns turned = ComparedRuns.of(List.of(longer, slow), Alignment.STEP);
    assertThat(turned.frame(1, Frame.of(longer, 1).selecting(3)).selection()).isEqualTo(-1);
    paint(turned, 1);
    paint(compared, 1);
  }

  @Test
  void rowsThatDiffersAreShadedAndOthersAreNot() {
    History other =
        History.of(new HandMade(1, "a", "_", "_").then(row("-", "b", "d"), "a", "b", "d"));
    int[] same = paint(ComparedRuns.of(List.of(slow, slow), Alignment.STEP), 1);
    int[] differs = paint(ComparedRuns.of(List.of(slow, other), Alignment.STEP), 1);
    assertThat(shades(differs)).isGreaterThan(500);
    assertThat(shades(same)).isZero();
  }

  @Test
  void aLongTextKeepsItsRowsHighAndScrolls() {
    String[] start = new String[400];
    Arrays.fill(start, "_");
    History tall = History.of(new HandMade(0, start));
    JointView view =
        new JointView(ComparedRuns.of(List.of(tall, tall), Alignment.STEP), 1, 0, 300, 0, 500, 300);
    assertThat(view.rows()).isLessThan(60);
    assertThat(view.firstShowing(300)).isEqualTo(300 - view.rows() + 1);
    assertThat(view.positionAt(view.y(view.first()))).isEqualTo(view.first());
  }

  private static int[] paint(ComparedRuns compared, int step) {
    var picture = new BufferedImage(600, 220, BufferedImage.TYPE_INT_RGB);
    var view = new JointView(compared, 1, step, -1, 0, 600, 220);
    new JointPainter().paint(picture, view, Theme.DARK, 1);
    new JointLanesPainter().paint(picture.getSubimage(0, 200, 600, 20), view, Theme.DARK, 1);
    return picture.getRGB(0, 60, 600, 140, null, 0, 600);
  }

  /** The panel with a shade over it. */
  private static long shades(int[] pixels) {
    int shade = Theme.mix(Theme.DARK.foreground(), Theme.DARK.panel(), 34 / 255.0).getRGB();
    return Arrays.stream(pixels)
        .filter(pixel -> Math.abs((pixel & 0xFF) - (shade & 0xFF)) <= 1)
        .filter(pixel -> Math.abs((pixel >> 16 & 0xFF) - (shade >> 16 & 0xFF)) <= 1)
        .count();
  }
}
