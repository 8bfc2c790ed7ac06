package dev.unmask.app.playground;

import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Sheet;
import dev.unmask.app.theme.Theme;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;

/** Paints the plane: what is switched on, layer over layer, with a scale at its edges. */
public final class PlanePainter implements Drawing<Sheet<PlaneView>> {
  private static final double TICK = 5;

  @Override
  public void paint(Graphics2D g, Sheet<PlaneView> sheet, Theme theme) {
    g.setColor(theme.panel());
    g.fillRect(0, 0, sheet.width(), sheet.height());
    PlaneView view = sheet.content();
    Projection projection = view.in(sheet.width(), sheet.height());
    Shape whole = g.getClip();
    g.clip(projection.frame());
    view.field().ifPresent(field -> field(g, theme, view, field, projection.frame()));
    var particles = new ParticlesPainter(g, theme, view, projection);
    if (view.shows(Layer.PATHS)) {
      particles.paths();
    }
    if (view.shows(Layer.PARTICLES)) {
      particles.particles();
    }
    if (view.selection() >= 0) {
      particles.selected();
    }
    scale(g, theme, projection);
    g.setClip(whole);
  }

  private static void field(
      Graphics2D g, Theme theme, PlaneView view, PlaneField field, Rectangle2D frame) {
    var painter = new FieldPainter(g, theme, field, frame);
    if (view.shows(Layer.DENSITY)) {
      painter.density();
    }
    if (view.shows(Layer.CONTOURS)) {
      painter.contours();
    }
    if (view.shows(Layer.SCORE)) {
      painter.score();
    }
  }

  /** The frame, and ticks at round numbers along its bottom and left. */
  private static void scale(Graphics2D g, Theme theme, Projection projection) {
    Rectangle2D frame = projection.frame();
    g.setStroke(new BasicStroke(1));
    g.setColor(theme.line());
    g.draw(
        new Rectangle2D.Double(
            frame.getX() + 0.5, frame.getY() + 0.5, frame.getWidth() - 1, frame.getHeight() - 1));
    g.setColor(theme.muted());
    double half = frame.getWidth() / projection.scale() / 2;
    int stride =
        (int)
            Math.max(
                1, StrictMath.pow(2, Math.floor(StrictMath.log(half / 2) / StrictMath.log(2))));
    for (int mark = -stride * (int) (half / stride); mark < half; mark += stride) {
      double x = projection.x(mark);
      double y = projection.y(mark);
      g.draw(new Line2D.Double(x, frame.getMaxY() - TICK, x, frame.getMaxY()));
      Card.NOTE.drawCentred(g, label(mark), x, frame.getMaxY() - TICK - 4);
      g.draw(new Line2D.Double(frame.getX(), y, frame.getX() + TICK, y));
      Card.NOTE.draw(g, label(mark), frame.getX() + TICK + 4, y + 4);
    }
  }

  private static String label(int mark) {
    return mark < 0 ? "−" + -mark : Integer.toString(mark);
  }
}
