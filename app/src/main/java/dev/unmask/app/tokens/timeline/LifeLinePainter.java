package dev.unmask.app.tokens.timeline;

import dev.unmask.app.picture.Look;
import dev.unmask.app.picture.Scale;
import dev.unmask.app.picture.Sign;
import dev.unmask.app.picture.StepView;
import dev.unmask.app.theme.Theme;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.util.List;

/**
 * Paints one position's life: thin and grey while it is masked, with a tick where the prediction
 * changed; in its colour while it holds a token, as thick as the prediction was sure.
 */
record LifeLinePainter(
    Graphics2D g, Theme theme, TimelineLayout layout, List<StepView> moments, Scale confidences) {
  private static final double SIGN_RADIUS = 3.4;
  private static final double THINNEST = 0.7;

  /** Paints a row around y. */
  void paint(int position, double y, double height) {
    int last = moments.size() - 1;
    int from = 0;
    for (int k = 1; k <= last + 1; k++) {
      if (k > last || turns(look(k - 1, position), look(k, position))) {
        if (layout.x(Math.min(k, last)) >= layout.left() && layout.x(from) <= layout.right()) {
          stretch(position, from, Math.min(k, last), y, height);
        }
        from = k;
      }
    }
    ticks(position, y, Math.min(2.5, height * 0.3));
    for (int k = 1; k <= last; k++) {
      if (layout.shows(k)) {
        Sign.paint(g, look(k, position), layout.x(k), y, radius(height));
      }
    }
  }

  /** Of a sure token's line, which leaves air to the next. */
  private static double thickest(double height) {
    return Math.clamp(height * 0.55, THINNEST, 6);
  }

  /** How large signs are in a row of this height. */
  static double radius(double height) {
    return Math.clamp(height * 0.48, 0.7, SIGN_RADIUS);
  }

  private Look look(int step, int position) {
    return moments.get(step).looks()[position];
  }

  /** Whether a new stretch of the line begins. */
  private static boolean turns(Look before, Look now) {
    return before.masked() != now.masked()
        || (before == Look.NOT_STARTED) != (now == Look.NOT_STARTED)
        || now == Look.EDITED;
  }

  private void stretch(int position, int from, int to, double y, double height) {
    Look look = look(from, position);
    double share = confidences.share(moments.get(from).decision().confidence()[position]);
    double thickness =
        switch (look) {
          case NOT_STARTED -> 0.5;
          case MASKED, KEPT_MASKED, REMASKED, NOISE -> Math.min(1, height * 0.2);
          case GIVEN -> Math.min(1.4, height * 0.3);
          case COMMITTED_NOW, COMMITTED, EDITED ->
              THINNEST + (thickest(height) - THINNEST) * (Double.isNaN(share) ? 0.5 : share);
        };
    g.setColor(colour(look));
    g.setStroke(new BasicStroke((float) thickness, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
    g.draw(new Line2D.Double(layout.x(from), y, layout.x(to), y));
  }

  private Color colour(Look look) {
    return switch (look) {
      case NOT_STARTED -> theme.line();
      case MASKED, KEPT_MASKED, REMASKED -> theme.dim();
      case GIVEN, NOISE -> theme.muted();
      case COMMITTED_NOW, COMMITTED, EDITED -> Theme.SKY_BLUE;
    };
  }

  /** Whole pixels without smoothing: there may be very many. */
  private void ticks(int position, double y, double half) {
    Object smoothing = g.getRenderingHint(RenderingHints.KEY_ANTIALIASING);
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
    g.setColor(Theme.mix(theme.muted(), theme.panel(), 0.5));
    int top = (int) Math.round(y - half);
    int height = Math.max(1, (int) Math.round(2 * half));
    int known = -1;
    for (int k = 1; k < moments.size(); k++) {
      int predicted = moments.get(k).decision().predicted()[position];
      boolean shown = look(k, position) == Look.KEPT_MASKED || look(k, position) == Look.COMMITTED;
      if (predicted >= 0 && known >= 0 && predicted != known && shown && layout.shows(k)) {
        g.fillRect((int) layout.x(k), top, 1, height);
      }
      known = predicted >= 0 ? predicted : known;
    }
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, smoothing);
  }
}
