package dev.unmask.app.picture;

import dev.unmask.app.theme.Lettering;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.theme.Typeface;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/** The signs of events: ● committed, ↺ remasked, ◆ edited. */
public final class Sign {
  private Sign() {}

  /** Paints the sign of what happened around a point; nothing where nothing happened. */
  public static void paint(Graphics2D g, Look look, double x, double y, double radius) {
    switch (look) {
      case COMMITTED_NOW -> {
        g.setColor(Theme.ORANGE);
        g.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
      }
      case REMASKED -> {
        g.setColor(Theme.VERMILLION);
        new Lettering(Typeface.SANS_STRONG, radius * 4).drawCentred(g, "↺", x, y + radius * 1.4);
      }
      case EDITED -> {
        g.setColor(Theme.PURPLE);
        g.fill(diamond(x, y, radius * 1.4));
      }
      case GIVEN, NOISE, NOT_STARTED, MASKED, KEPT_MASKED, COMMITTED -> {}
    }
  }

  private static Path2D diamond(double x, double y, double radius) {
    var path = new Path2D.Double();
    path.moveTo(x, y - radius);
    path.lineTo(x + radius, y);
    path.lineTo(x, y + radius);
    path.lineTo(x - radius, y);
    path.closePath();
    return path;
  }
}
