package dev.unmask.app.tokens.canvas;

import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.Cell;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Painter;
import dev.unmask.app.picture.Shading;
import dev.unmask.app.picture.StepView;
import dev.unmask.app.theme.Theme;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.RoundRectangle2D;
import java.util.Optional;

/** Paints the sequence at the playhead: a cell a position, with the legend above. */
public final class CanvasPainter implements Painter {
  private final boolean legend;

  /** Tells what the colours mean. */
  public CanvasPainter() {
    this(true);
  }

  /** Tells what the colours mean, or does not. */
  public CanvasPainter(boolean legend) {
    this.legend = legend;
  }

  @Override
  public void paint(Graphics2D g, Frame frame, Theme theme) {
    Card.paint(g, frame, theme, "CANVAS");
    if (legend) {
      Legend.paint(g, frame, theme);
    }
    CanvasLayout layout = CanvasLayout.below(legend ? Legend.height(frame) : Card.LINE, frame);
    StepView moment = frame.moment();
    Cell[] cells = Cell.all(moment, frame.trace().header());
    var shading = new Shading(frame, theme);
    var painter = new CellPainter(g, theme, frame.confidences());
    for (int p = 0; p < cells.length; p++) {
      painter.paint(cells[p], layout.slots().get(p), shading.colour(moment, p));
    }
    if (frame.selection() >= 0 && frame.selection() < cells.length) {
      ring(g, layout.slots().get(frame.selection()), theme);
    }
  }

  /** The position whose cell is painted at this point, −1 if there is none. */
  public static int positionAt(Frame frame, double x, double y) {
    return CanvasLayout.of(frame).at(x, y);
  }

  /** Where a position's cell is painted; empty for no position. */
  public static Optional<Rectangle> cellOf(Frame frame, int position) {
    return position < 0 || position >= frame.state().length()
        ? Optional.empty()
        : Optional.of(CanvasLayout.of(frame).slots().get(position));
  }

  private static void ring(Graphics2D g, Rectangle slot, Theme theme) {
    g.setColor(theme.foreground());
    g.setStroke(new BasicStroke(2));
    g.draw(
        new RoundRectangle2D.Double(
            slot.x - 3, slot.y - 3, slot.width + 6, slot.height + 6, 14, 14));
  }
}
