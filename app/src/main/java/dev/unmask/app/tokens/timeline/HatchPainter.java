package dev.unmask.app.tokens.timeline;

import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.theme.Theme;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;

/**
 * Paints what is not computed of the steps that are planned: hatched, and so called. In a branch
 * rings stand where the run that it left got its tokens.
 */
record HatchPainter(Graphics2D g, Frame frame, Theme theme, TimelineLayout layout) {
  private static final int APART = 9;
  private static final String WORDS = "not computed";
  private static final String OF_BRANCH = "not computed; ○ in the run it left";

  void paint() {
    int from = (int) Math.max(layout.left(), Math.ceil(layout.x(frame.recorded())) + 1);
    var area =
        new Rectangle(
            from,
            layout.laneTop(),
            layout.right() - from,
            Math.max(0, layout.bottom() - layout.laneTop()));
    if (frame.recorded() >= layout.plannedSteps() || area.width <= 0) {
      return;
    }
    Shape all = g.getClip();
    g.clip(area);
    g.setColor(Theme.mix(theme.line(), theme.panel(), 0.6));
    g.setStroke(new BasicStroke(1));
    int tall = area.height;
    for (int x = area.x - tall - (area.x - tall) % APART; x < area.x + area.width; x += APART) {
      g.draw(new Line2D.Double(x, area.y + tall, (double) x + tall, area.y));
    }
    boolean rings = rings();
    g.setClip(all);
    String words = rings && Card.NOTE.width(OF_BRANCH) + 16 <= area.width ? OF_BRANCH : WORDS;
    if (Card.NOTE.width(words) + 16 <= area.width) {
      g.setColor(theme.muted());
      Card.NOTE.draw(g, words, area.x + 8.0, area.y + 13.0);
    }
  }

  private boolean rings() {
    int[] arrivals = frame.history().parentArrivals();
    double radius = LifeLinePainter.radius(layout.rowHeight());
    boolean any = false;
    g.setColor(theme.muted());
    for (int p = layout.firstRow(); p < Math.min(layout.endRow(), arrivals.length); p++) {
      if (arrivals[p] > frame.recorded()) {
        double x = layout.x(arrivals[p]);
        g.draw(new Ellipse2D.Double(x - radius, layout.y(p) - radius, 2 * radius, 2 * radius));
        any = true;
      }
    }
    return any;
  }
}
