package dev.unmask.app.tokens.timeline;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Painter;
import dev.unmask.app.picture.View;
import dev.unmask.app.theme.Theme;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;

/** Paints the whole of positions × steps, however small, with a frame around what is in view. */
public final class MinimapPainter implements Painter {
  @Override
  public void paint(Graphics2D g, Frame frame, Theme theme) {
    int width = frame.width();
    int height = frame.height();
    g.setColor(theme.panel());
    g.fillRect(0, 0, width, height);
    View view = frame.view();
    var whole = View.WHOLE.in(view.colouring());
    int steps = Math.max(1, frame.plannedSteps());
    var layout =
        new TimelineLayout(
            1, width - 1, 0, 0, 0, 1, 1, height - 1, steps, frame.state().length(), whole);
    if (layout.right() > layout.left() && layout.bottom() > layout.top()) {
      new RowRaster(frame, theme, layout).paint(g);
    }
    g.setStroke(new BasicStroke(1));
    g.setColor(theme.line());
    g.draw(new Rectangle2D.Double(0.5, 0.5, width - 1, height - 1));
    g.setColor(theme.accent());
    g.setStroke(new BasicStroke(1.5f));
    g.draw(
        new Rectangle2D.Double(
            1 + view.steps().from() * (width - 2),
            1 + view.positions().from() * (height - 2),
            view.steps().size() * (width - 2),
            view.positions().size() * (height - 2)));
  }
}
