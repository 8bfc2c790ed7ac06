package dev.unmask.app.timeline;

import dev.unmask.app.picture.Look;
import dev.unmask.app.theme.Lettering;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.theme.Typeface;
import dev.unmask.engine.trace.TokenStep;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;

/**
 * Paints one position's life: thin and grey while it is masked, with a tick where the prediction
 * changed; in its colour while it holds a token, as thick as the prediction was sure.
 */
record LifeLinePainter(Graphics2D g, Theme theme, TimelineLayout layout) {
  private static final double SIGN_RADIUS = 3.2;

  /**
   * Paints a row.
   *
   * @param looks of all positions, for each playhead
   * @param decisions of the steps
   */
  void paint(Look[][] looks, TokenStep[] decisions, int position) {
    double y = layout.y(position);
    int from = 0;
    float confidence = Float.NaN;
    for (int k = 1; k <= looks.length; k++) {
      boolean ends = k == looks.length || turns(looks[k - 1][position], looks[k][position]);
      if (ends) {
        stretch(
            looks[from][position],
            layout.x(from),
            layout.x(Math.min(k, looks.length - 1)),
            y,
            confidence);
        from = k;
      }
      if (k < looks.length && changesToken(looks[k][position])) {
        confidence = decisions[k - 1].confidence()[position];
      }
    }
    ticks(looks, decisions, position, y);
    for (int k = 1; k < looks.length; k++) {
      sign(looks[k][position], k, position);
    }
  }

  /** Whether a new stretch of the line begins. */
  private static boolean turns(Look before, Look now) {
    return before.masked() != now.masked()
        || (before == Look.NOT_STARTED) != (now == Look.NOT_STARTED)
        || now == Look.EDITED;
  }

  private static boolean changesToken(Look look) {
    return look == Look.COMMITTED_NOW || look == Look.EDITED;
  }

  private void stretch(Look look, double from, double to, double y, float confidence) {
    double share = Float.isNaN(confidence) ? 0.5 : Math.clamp(confidence, 0, 1);
    double thickness =
        switch (look) {
          case NOT_STARTED -> 0.5;
          case MASKED, KEPT_MASKED, REMASKED -> 1;
          case GIVEN -> 1.4;
          case COMMITTED_NOW, COMMITTED, EDITED -> 1.2 + 3.2 * share;
        };
    g.setColor(colour(look));
    g.setStroke(
        new BasicStroke(
            (float) Math.min(thickness, Math.max(layout.rowHeight() * 0.8, 0.6)),
            BasicStroke.CAP_BUTT,
            BasicStroke.JOIN_ROUND));
    g.draw(new Line2D.Double(from, y, to, y));
  }

  private Color colour(Look look) {
    return switch (look) {
      case NOT_STARTED -> theme.line();
      case MASKED, KEPT_MASKED, REMASKED -> theme.dim();
      case GIVEN -> theme.muted();
      case COMMITTED_NOW, COMMITTED, EDITED -> Theme.SKY_BLUE;
    };
  }

  private void ticks(Look[][] looks, TokenStep[] decisions, int position, double y) {
    double half = Math.min(2.5, layout.rowHeight() * 0.3);
    g.setColor(Theme.mix(theme.muted(), theme.panel(), 0.5));
    g.setStroke(new BasicStroke(1));
    int known = -1;
    for (int k = 1; k < looks.length; k++) {
      int predicted = decisions[k - 1].predicted()[position];
      if (looks[k][position] == Look.KEPT_MASKED) {
        if (known >= 0 && predicted != known) {
          double x = layout.x(k);
          g.draw(new Line2D.Double(x, y - half, x, y + half));
        }
        known = predicted;
      }
    }
  }

  /** Paints the sign of what happened to a position at a step, if anything did. */
  void sign(Look look, int step, int position) {
    double radius = Math.clamp(layout.rowHeight() * 0.48, 0.7, SIGN_RADIUS);
    double x = layout.x(step);
    double y = layout.y(position);
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
      case GIVEN, NOT_STARTED, MASKED, KEPT_MASKED, COMMITTED -> {}
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
