package dev.unmask.app.tokens.timeline;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.theme.Lettering;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.theme.Typeface;
import dev.unmask.engine.trace.Breach;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.util.List;

/**
 * Paints a warning sign wherever a step broke what its sampler declares: one in the lane above the
 * rows, and one on the row. Where nothing was broken there is no lane; where the sampler's rules
 * are not known, the lane says so.
 */
record BreachPainter(Graphics2D g, Theme theme, TimelineLayout layout, Frame frame) {
  private static final Lettering NOTE = new Lettering(Typeface.SANS, 9);
  private static final double RADIUS = 5;

  /** Whether there is something to say. */
  static boolean hasLane(Frame frame) {
    return !frame.last().breaches().isEmpty() || frame.history().plan().unchecked().isPresent();
  }

  /** The lane. */
  void lane() {
    if (!hasLane(frame)) {
      return;
    }
    double y = layout.laneTop() - TimelineLayout.BREACH_LANE / 2.0;
    if (frame.history().plan().unchecked().isPresent()) {
      g.setColor(theme.muted());
      NOTE.draw(g, "rules not checked", layout.left(), y + 3);
    }
    if (breaches().isEmpty()) {
      return;
    }
    g.setColor(theme.ink(Theme.YELLOW));
    NOTE.drawRight(g, "breaches", layout.left() - 10.0, y + 3);
    breaches().forEach(breach -> sign(breach, y, RADIUS));
  }

  /** The signs on the rows that are in view. */
  void rows() {
    for (Breach breach : breaches()) {
      double y = layout.y(breach.position());
      if (y > layout.top() && y < layout.bottom()) {
        sign(breach, y, Math.clamp(layout.rowHeight() * 0.7, 3, RADIUS));
      }
    }
  }

  private List<Breach> breaches() {
    return frame.last().breaches();
  }

  private void sign(Breach breach, double y, double radius) {
    if (!layout.shows(breach.step())) {
      return;
    }
    double x = layout.x(breach.step());
    var triangle = new Path2D.Double();
    triangle.moveTo(x, y - radius);
    triangle.lineTo(x + radius, y + radius * 0.8);
    triangle.lineTo(x - radius, y + radius * 0.8);
    triangle.closePath();
    g.setColor(Theme.YELLOW);
    g.fill(triangle);
    g.setColor(theme.foreground());
    g.setStroke(new BasicStroke(1));
    g.draw(triangle);
  }
}
