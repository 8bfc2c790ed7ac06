package dev.unmask.app.compare;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Painter;
import dev.unmask.app.theme.Lettering;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.theme.Typeface;
import dev.unmask.app.tokens.canvas.CanvasPainter;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.RoundRectangle2D;

/**
 * Paints the canvas of one of two runs, with a frame and ≠ on every cell whose token is another in
 * the other run.
 *
 * @param right which of them; frames are always of the left one
 * @param canvas paints what is marked
 */
public record ComparedCanvas(RunPair pair, boolean right, CanvasPainter canvas) implements Painter {
  private static final int MARGIN = 2;
  private static final int SMALLEST_SIGN = 20;
  private static final Lettering SIGN = new Lettering(Typeface.SANS_STRONG, 11);

  /** With a legend. */
  public ComparedCanvas(RunPair pair, boolean right) {
    this(pair, right, new CanvasPainter());
  }

  @Override
  public void paint(Graphics2D g, Frame frame, Theme theme) {
    Frame shown = right ? pair.beside(frame) : frame;
    canvas.paint(g, shown, theme);
    for (int position : pair.differingAt(frame.step())) {
      canvas.cell(shown, position).ifPresent(cell -> mark(g, cell, theme));
    }
  }

  private static void mark(Graphics2D g, Rectangle cell, Theme theme) {
    g.setColor(theme.accent());
    g.setStroke(new BasicStroke(2));
    g.draw(
        new RoundRectangle2D.Double(
            cell.x - MARGIN,
            cell.y - MARGIN,
            cell.width + 2.0 * MARGIN,
            cell.height + 2.0 * MARGIN,
            8,
            8));
    if (cell.height >= SMALLEST_SIGN) {
      SIGN.drawRight(g, "≠", cell.x + cell.width - 3.0, cell.y + 11.0);
    }
  }
}
