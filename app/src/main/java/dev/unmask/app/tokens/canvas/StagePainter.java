package dev.unmask.app.tokens.canvas;

import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.Cell;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Look;
import dev.unmask.app.picture.Painter;
import dev.unmask.app.picture.Status;
import dev.unmask.app.picture.TextView;
import dev.unmask.app.session.RunSummary;
import dev.unmask.app.theme.Lettering;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.theme.Typeface;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Paints the sequence for a room full of people: one sentence, words that fill the screen, and what
 * the colours mean in a line below.
 *
 * @param predictions whether what is predicted and not committed is shown; else it is a mask
 */
public record StagePainter(boolean predictions) implements Painter {
  /** The picture is laid out on so many units at least, and enlarged to the screen. */
  private static final double WIDTH = 960;

  private static final double HEIGHT = 540;
  private static final int EDGE = 14;
  private static final int HEAD = 40;
  private static final Lettering TITLE = new Lettering(Typeface.SANS_STRONG, 24);
  private static final Lettering NAME = new Lettering(Typeface.SANS, 13);

  @Override
  public void paint(Graphics2D g, Frame frame, Theme theme) {
    double scale = Math.max(1, Math.min(frame.width() / WIDTH, frame.height() / HEIGHT));
    Graphics2D stage = (Graphics2D) g.create();
    try {
      stage.scale(scale, scale);
      lay(stage, frame.sized((int) (frame.width() / scale), (int) (frame.height() / scale)), theme);
    } finally {
      stage.dispose();
    }
  }

  private void lay(Graphics2D g, Frame frame, Theme theme) {
    g.setColor(theme.background());
    g.fillRect(0, 0, frame.width() + 1, frame.height() + 1);
    g.setColor(theme.foreground());
    TITLE.draw(g, title(frame), EDGE, 38);
    g.setColor(theme.muted());
    String name = RunSummary.title(Path.of("a trace"), frame.trace().header());
    double room = frame.width() - 3 * EDGE - TITLE.width(title(frame));
    NAME.drawRight(g, NAME.cut(name, room), frame.width() - EDGE, 36);
    cells(g, frame.sized(frame.width(), frame.height() - Card.LINE - EDGE), theme);
    Graphics2D below = (Graphics2D) g.create();
    below.translate(0, frame.height() - Card.LINE - EDGE);
    Legend.paint(below, frame, theme);
    below.dispose();
  }

  private static String title(Frame frame) {
    int left = frame.moment().figures().left();
    Status.Figure at = Status.of(frame).figures().getFirst();
    String step = "Step " + at.value() + at.of();
    String what = !frame.masked() ? "tokens of noise" : left == 1 ? "mask" : "masks";
    return left == 0 ? step : "%s — %d %s left".formatted(step, left, what);
  }

  private void cells(Graphics2D g, Frame frame, Theme theme) {
    Frame whole = frame.viewed(frame.view().text(TextView.CELLS));
    List<Rectangle> slots = CanvasLayout.below(HEAD, whole).slots();
    var painter = new CellPainter(g, theme, frame.confidences());
    Cell[] cells = Cell.all(frame.moment(), frame.trace().header());
    for (int p = 0; p < cells.length; p++) {
      painter.paint(shown(cells[p]), slots.get(p), Optional.empty());
    }
  }

  private Cell shown(Cell cell) {
    return cell.look() == Look.KEPT_MASKED && !predictions
        ? new Cell(Look.MASKED, "", "", Float.NaN, cell.setByUser())
        : cell;
  }
}
