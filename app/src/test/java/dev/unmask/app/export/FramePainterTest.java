package dev.unmask.app.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.picture.Colouring;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.HandMade;
import dev.unmask.app.picture.History;
import dev.unmask.app.picture.Plan;
import dev.unmask.app.picture.Span;
import dev.unmask.app.picture.View;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.tokens.timeline.MinimapPainter;
import dev.unmask.app.tokens.timeline.TimelinePainter;
import dev.unmask.engine.sampler.api.BlockPosition;
import dev.unmask.engine.trace.TokenState;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FramePainterTest {
  @ParameterizedTest
  @CsvSource({"dark, 0", "dark, 2", "dark, 3", "dark, 5", "light, 4", "light, 5"})
  void paintsTheStoryAsItAlwaysDid(String theme, int step) throws IOException {
    BufferedImage picture = picture(storyAt(step, 900, 560), named(theme));
    Golden.check("story-" + theme + "-" + step, picture);
  }

  @ParameterizedTest
  @EnumSource(
      value = Colouring.class,
      names = {"CONFIDENCE", "COMMIT_ORDER", "AGREEMENT"})
  void paintsEveryMapAsItAlwaysDid(Colouring map) throws IOException {
    var frame = storyAt(5, 900, 560).viewed(View.WHOLE.in(map));
    Golden.check("map-" + map.name().toLowerCase(Locale.ROOT), picture(frame, Theme.DARK));
  }

  @Test
  void paintsAPartOfTheTimelineAndWhereItLiesAsItAlwaysDid() throws IOException {
    var view = View.WHOLE.of(new Span(0.25, 0.75), new Span(0.2, 0.7)).pinning(9);
    var picture = new BufferedImage(600, 300, BufferedImage.TYPE_INT_RGB);
    new TimelinePainter().paint(picture, storyAt(4, 600, 300).viewed(view), Theme.DARK, 1);
    Golden.check("timeline-zoomed", picture);
    var minimap = new BufferedImage(160, 60, BufferedImage.TYPE_INT_RGB);
    new MinimapPainter().paint(minimap, storyAt(4, 160, 60).viewed(view), Theme.DARK, 1);
    Golden.check("minimap", minimap);
  }

  @Test
  void paintsTheSameBytesEveryTime() {
    assertThat(pixels(picture(storyAt(4, 640, 400), Theme.DARK)))
        .isEqualTo(pixels(picture(storyAt(4, 640, 400), Theme.DARK)));
  }

  @Test
  void everyStepAndEverySelectionIsSeen() {
    int[] fourth = pixels(picture(storyAt(4, 640, 400), Theme.DARK));
    assertThat(fourth).isNotEqualTo(pixels(picture(storyAt(3, 640, 400), Theme.DARK)));
    var selected = storyAt(4, 640, 400).selecting(3);
    assertThat(fourth).isNotEqualTo(pixels(picture(selected, Theme.DARK)));
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "40, 30, 10", "1280, 720, 1", "1280, 720, 1024", "300, 2000, 1024"})
  void paintsAnyLengthAtAnySize(int width, int height, int length) {
    String[] masks = IntStream.range(0, length).mapToObj(p -> "_").toArray(String[]::new);
    String[] words = IntStream.range(0, length).mapToObj(p -> " w" + p % 99).toArray(String[]::new);
    var trace = new HandMade(0, masks).then(words, words);
    for (int step = 0; step <= trace.steps(); step++) {
      var frame = Frame.of(trace, width, height).at(step).selecting(0);
      assertThat(picture(frame, Theme.LIGHT).getWidth()).isEqualTo(width);
    }
  }

  @Test
  void paintsASequenceOfNoTokensAndNoSteps() {
    var empty = new HandMade(0);
    var frame = Frame.of(empty, 640, 400);
    assertThat(Arrays.stream(pixels(picture(frame, Theme.DARK))).distinct().count())
        .isGreaterThan(10);
  }

  @Test
  void whatABranchHasNotComputedShowsWhereTheRunThatItLeftGotItsTokens() {
    var trace = new HandMade(0, "_", "_").then(HandMade.row("a", "b"), "a", "_");
    int[] alone = pixels(hatched(trace, new int[] {0, 0}));
    assertThat(pixels(hatched(trace, new int[] {1, 0}))).isEqualTo(alone);
    assertThat(pixels(hatched(trace, new int[] {1, 3}))).isNotEqualTo(alone);
  }

  private static BufferedImage hatched(HandMade trace, int[] arrivals) {
    Plan four =
        new Plan() {
          @Override
          public int steps(TokenState state) {
            return 4;
          }

          @Override
          public BlockPosition block(TokenState state) {
            return new BlockPosition(0, 1, 0, 2);
          }
        };
    var history = new History(trace, four, arrivals);
    history.grow();
    return picture(Frame.of(history, 1).sized(640, 400), Theme.DARK);
  }

  /** In the frame's own size. */
  private static BufferedImage picture(Frame frame, Theme theme) {
    var size = new PictureSize(frame.width(), frame.height(), 1);
    return new FramePainter(Sample.sized(size)).picture(frame, theme);
  }

  private static Frame storyAt(int step, int width, int height) {
    return Frame.of(HandMade.history(), step).sized(width, height);
  }

  private static Theme named(String theme) {
    return theme.equals("dark") ? Theme.DARK : Theme.LIGHT;
  }

  private static int[] pixels(BufferedImage picture) {
    return picture.getRGB(
        0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
  }
}
