package dev.unmask.app.tokens.timeline;

import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.theme.Theme;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.Line2D;

/** Paints what is not computed of the steps that are planned: hatched, and so called. */
record HatchPainter(Graphics2D g, Frame frame, Theme theme, TimelineLayout layout) {
  private static final int APART = 9;
  private static final String WORDS = "not computed";

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
    g.setClip(all);
    if (Card.NOTE.width(WORDS) + 16 <= area.width) {
      g.setColor(theme.muted());
      Card.NOTE.draw(g, WORDS, area.x + 8.0, area.y + 13.0);
    }
  }
}
