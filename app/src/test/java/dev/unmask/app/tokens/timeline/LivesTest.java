package dev.unmask.app.tokens.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.export.Golden;
import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.HandMade;
import dev.unmask.app.picture.History;
import dev.unmask.app.picture.Painter;
import dev.unmask.app.picture.Phase;
import dev.unmask.app.picture.View;
import dev.unmask.app.theme.Theme;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The life lines of single positions, dark above light, of which no pixel may differ; and what
 * moves over them.
 */
class LivesTest {
  private static final int WIDTH = 120;
  private static final int ROW = 16;

  @ParameterizedTest
  @CsvSource({
    "given, 0",
    "committed, 2",
    "edited, 3",
    "remasked, 4",
    "kept-masked, 5",
    "late, 6",
    "masked-to-the-end, 7"
  })
  void aLifeIsPaintedToThePixel(String life, int position) throws IOException {
    check(life, Frame.of(HandMade.history(), 5), position);
  }

  @ParameterizedTest
  @CsvSource({"noise-edited-twice, 0", "noise-to-the-end, 1"})
  void soIsALifeInUniformNoise(String life, int position) throws IOException {
    check(life, Frame.of(History.of(HandMade.ofUniformNoise()), 3), position);
  }

  private static void check(String life, Frame frame, int position) throws IOException {
    var picture = new BufferedImage(WIDTH, 2 * ROW, BufferedImage.TYPE_INT_RGB);
    paint(picture, 0, frame, position, Theme.DARK);
    paint(picture, ROW, frame, position, Theme.LIGHT);
    Golden.checkEveryPixel("lives/" + life, picture);
  }

  private static void paint(
      BufferedImage picture, int top, Frame frame, int position, Theme theme) {
    var layout =
        new TimelineLayout(8, WIDTH - 8, 0, 0, 0, 0, 0, ROW, frame.recorded(), 1, View.WHOLE);
    Drawing<Frame> drawing =
        (g, shown, colours) -> {
          g.setColor(colours.panel());
          g.fillRect(0, 0, WIDTH, ROW);
          new LifeLinePainter(g, colours, layout, shown.moments(), shown.confidences())
              .paint(position, ROW / 2.0, ROW);
        };
    drawing.paint(picture.getSubimage(0, top, WIDTH, ROW), frame, theme, 1);
  }

  @ParameterizedTest
  @CsvSource({"0, -1, DECIDED", "3, 4, DECIDED", "4, 5, PREDICTED", "5, 0, DECIDED"})
  void theWindowsLayersShowWhatExportsPaintOnOnePicture(int step, int selected, Phase phase) {
    Frame frame = Frame.of(HandMade.history(), step).in(phase).selecting(selected).sized(600, 340);
    Painter lives = new LivesPainter();
    Painter moving = new PlayheadPainter();
    BufferedImage exported = painted(lives, frame);
    moving.paint(exported, frame, Theme.DARK, 1);
    BufferedImage layer = painted(lives, frame);
    // The buffer of a layer holds what was painted before.
    Drawing<Frame> alone = PlayheadPainter::paintLayer;
    alone.paint(layer, frame, Theme.DARK, 1);
    BufferedImage shown = painted(lives, frame.at(0).in(Phase.DECIDED).selecting(-1));
    Graphics2D g = shown.createGraphics();
    g.drawImage(layer, 0, 0, null);
    g.dispose();
    for (int y = 0; y < frame.height(); y++) {
      for (int x = 0; x < frame.width(); x++) {
        // Two roundings in place of one, where something is half seen.
        assertThat(distance(exported.getRGB(x, y), shown.getRGB(x, y))).isLessThanOrEqualTo(2);
      }
    }
  }

  private static BufferedImage painted(Painter painter, Frame frame) {
    var picture = new BufferedImage(frame.width(), frame.height(), BufferedImage.TYPE_INT_ARGB_PRE);
    painter.paint(picture, frame, Theme.DARK, 1);
    return picture;
  }

  private static int distance(int one, int other) {
    return IntStream.of(0, 8, 16, 24)
        .map(shift -> Math.abs((one >> shift & 0xFF) - (other >> shift & 0xFF)))
        .max()
        .orElseThrow();
  }
}
