package dev.unmask.app.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.compare.Alignment;
import dev.unmask.app.compare.RunPair;
import dev.unmask.app.picture.Colouring;
import dev.unmask.app.picture.HandMade;
import dev.unmask.app.picture.History;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A figure that is printed as wide as a paper's column. */
class ColumnTest {
  private static final double INCHES = 3.5;
  private static final double POINTS = 72;
  private static final double LEAST_POINTS = 6;
  private static final Pattern TEXT =
      Pattern.compile("<text [^>]*font-size=\"([0-9.]+)\"[^>]*>([^<]*)</text>");

  @ParameterizedTest
  @CsvSource({
    "CANVAS, 12",
    "CANVAS, 64",
    "CANVAS, 400",
    "TIMELINE, 12",
    "TIMELINE, 400",
    "BOTH, 12",
    "BOTH, 64",
    "CORRUPTION, 64",
    "COMPARISON, 12",
    "COMPARISON, 64"
  })
  void noTypeIsSmallerThanSixPointsOnPaper(ExportView view, int length) {
    for (Colouring map : List.of(Colouring.STATE, Colouring.CONFIDENCE)) {
      String svg = svg(view, map, length);
      double width =
          Double.parseDouble(svg.replaceAll("(?s).*?<svg [^>]*width=\"(\\d+)\".*", "$1"));
      List<MatchResult> texts = texts(svg);
      assertThat(texts).isNotEmpty();
      assertThat(texts)
          .allSatisfy(
              text ->
                  assertThat(Double.parseDouble(text.group(1)) / width * INCHES * POINTS)
                      .as(text.group(2))
                      .isGreaterThanOrEqualTo(LEAST_POINTS));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CANVAS, CANVAS",
    "TIMELINE, TIMELINE",
    "CORRUPTION, CORRUPTION",
    "COMPARISON, DIFFERENCES"
  })
  void panesHaveNoHeadingsWhereACaptionStandsBelow(ExportView view, String heading) {
    assertThat(svg(view, Colouring.STATE, 12)).doesNotContain(heading + "<");
  }

  @Test
  void aVectorFileIsAsWideAsTheColumn() {
    assertThat(svg(ExportView.CANVAS, Colouring.STATE, 12)).contains("width=\"336\"");
    assertThat(336 / 96.0).isEqualTo(INCHES);
  }

  @Test
  void aTextThatCellsHaveNoRoomForFlows() {
    assertThat(texts(svg(ExportView.CANVAS, Colouring.STATE, 64)))
        .anyMatch(text -> text.group(2).startsWith("·w3"));
  }

  /** A sign is no type: it is a shape that a font happens to hold. */
  private static List<MatchResult> texts(String svg) {
    return TEXT.matcher(svg).results().filter(text -> !text.group(2).equals("↺")).toList();
  }

  private static String svg(ExportView view, Colouring map, int length) {
    ExportSettings usual = ExportSettings.DEFAULT;
    var settings =
        new ExportSettings(
            view,
            map,
            ExportTheme.LIGHT,
            PictureSize.PRESETS.get("column"),
            0,
            OptionalInt.empty(),
            1,
            usual.fps(),
            0,
            Easing.NONE,
            "",
            "",
            true);
    String[] masks = IntStream.range(0, length).mapToObj(p -> "_").toArray(String[]::new);
    String[] words = IntStream.range(0, length).mapToObj(p -> " w" + p % 40).toArray(String[]::new);
    History history = History.of(new HandMade(0, masks).then(words, words));
    RunPair pair = RunPair.of(history, history, Alignment.STEP);
    var subject = ExportSubject.tokens(history, settings, Optional.of(pair));
    return new String(subject.vector(1, "").svg(), StandardCharsets.UTF_8);
  }
}
