package dev.unmask.app.tokens.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.export.Golden;
import dev.unmask.app.picture.Cell;
import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.HandMade;
import dev.unmask.app.picture.History;
import dev.unmask.app.picture.Look;
import dev.unmask.app.picture.Phase;
import dev.unmask.app.theme.Theme;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One picture for each state in each phase of a step: its cell, with a sign and without, and as a
 * map shades it; dark above light. No pixel may differ, so that no sign, outline or colour changes
 * unseen.
 */
class StatesTest {
  private static final int WIDE = 72;
  private static final int HIGH = 24;
  private static final int NARROW = 24;
  private static final int GAP = 4;

  @ParameterizedTest
  @CsvSource({
    "GIVEN, 1, 0, DECIDED",
    "NOT_STARTED, 1, 8, DECIDED",
    "MASKED, 0, 4, DECIDED",
    "KEPT_MASKED, 1, 5, DECIDED",
    "COMMITTED_NOW, 1, 2, DECIDED",
    "COMMITTED, 2, 2, DECIDED",
    "REMASKED, 4, 4, DECIDED",
    "EDITED, 3, 3, DECIDED",
    "GIVEN, 1, 0, PREDICTED",
    "NOT_STARTED, 1, 8, PREDICTED",
    "KEPT_MASKED, 1, 2, PREDICTED",
    "COMMITTED, 3, 3, PREDICTED",
  })
  void everyStateIsPaintedToThePixel(Look look, int step, int position, Phase phase)
      throws IOException {
    Frame frame = Frame.of(HandMade.history(), step).in(phase);
    assertThat(frame.moment().looks()[position]).isEqualTo(look);
    check(word(look) + "-" + phase.name().toLowerCase(Locale.ROOT), frame, position);
  }

  @ParameterizedTest
  @CsvSource({"NOISE, 1, 1", "EDITED, 1, 0"})
  void soAreTheStatesOfUniformNoise(Look look, int step, int position) throws IOException {
    Frame frame = Frame.of(History.of(HandMade.ofUniformNoise()), step);
    assertThat(frame.moment().looks()[position]).isEqualTo(look);
    check("uniform-" + word(look), frame, position);
  }

  private static String word(Look look) {
    return look.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void check(String name, Frame frame, int position) throws IOException {
    var picture = new BufferedImage(2 * (WIDE + NARROW) + 5 * GAP, 64, BufferedImage.TYPE_INT_RGB);
    Cell cell = Cell.at(frame.moment(), position, frame.trace().header());
    cells(picture, 0, frame, cell, Theme.DARK);
    cells(picture, 32, frame, cell, Theme.LIGHT);
    Golden.checkEveryPixel("states/" + name, picture);
  }

  private static void cells(BufferedImage picture, int top, Frame frame, Cell cell, Theme theme) {
    Drawing<Cell> drawing =
        (g, shown, colours) -> {
          g.setColor(colours.panel());
          g.fillRect(0, 0, picture.getWidth(), 32);
          var painter = new CellPainter(g, colours, frame.confidences());
          int x = GAP;
          for (boolean shaded : new boolean[] {false, true}) {
            for (int width : new int[] {WIDE, NARROW}) {
              var slot = new Rectangle(x, GAP, width, HIGH);
              painter.paint(
                  shown, slot, shaded ? Optional.of(colours.ramp(0.6)) : Optional.empty());
              x += width + GAP;
            }
          }
        };
    drawing.paint(picture.getSubimage(0, top, picture.getWidth(), 32), cell, theme, 1);
  }
}
