package dev.unmask.app.tokens.timeline;

import dev.unmask.app.export.Golden;
import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.HandMade;
import dev.unmask.app.picture.History;
import dev.unmask.app.picture.View;
import dev.unmask.app.theme.Theme;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The life lines of single positions, dark above light. No pixel may differ. */
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
}
