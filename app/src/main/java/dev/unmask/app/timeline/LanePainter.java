package dev.unmask.app.timeline;

import dev.unmask.app.picture.Look;
import dev.unmask.app.theme.Lettering;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.theme.Typeface;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Paints the counts of every step above the rows: tokens committed as bars, masks left as a line.
 * Each has its own scale, from 0 to its largest.
 */
record LanePainter(Graphics2D g, Theme theme, TimelineLayout layout) {
  private static final Lettering NOTE = new Lettering(Typeface.SANS, 9);

  void paint(Look[][] looks) {
    int height = layout.laneBottom() - layout.laneTop();
    if (height == 0) {
      return;
    }
    long[] commits = count(looks, look -> look == Look.COMMITTED_NOW);
    long[] masks = count(looks, Look::masked);
    bars(commits, height);
    line(masks, height);
    double right = layout.left() - 10.0;
    g.setColor(theme.ink(Theme.ORANGE));
    NOTE.drawRight(g, "committed", right, layout.laneTop() + 10.0);
    g.setColor(theme.muted());
    NOTE.drawRight(g, "masks left", right, layout.laneTop() + 21.0);
  }

  private void bars(long[] commits, int height) {
    double most = Math.max(1, Arrays.stream(commits).max().orElse(1));
    double width = Math.clamp((layout.x(1) - layout.x(0)) * 0.5, 1, 9);
    g.setColor(Theme.mix(Theme.ORANGE, theme.panel(), 0.75));
    for (int k = 1; k < commits.length; k++) {
      double tall = commits[k] / most * (height - 4);
      double x = layout.x(k) - width / 2;
      g.fill(new Rectangle2D.Double(x, layout.laneBottom() - tall, width, tall));
    }
  }

  private void line(long[] masks, int height) {
    double most = Math.max(1, Arrays.stream(masks).max().orElse(1));
    var path = new Path2D.Double();
    for (int k = 0; k < masks.length; k++) {
      double y = layout.laneBottom() - masks[k] / most * (height - 4);
      if (k == 0) {
        path.moveTo(layout.x(k), y);
      } else {
        path.lineTo(layout.x(k), y);
      }
    }
    g.setColor(theme.muted());
    g.setStroke(new BasicStroke(1.3f));
    g.draw(path);
  }

  private static long[] count(Look[][] looks, Predicate<Look> counted) {
    return Arrays.stream(looks)
        .mapToLong(row -> Arrays.stream(row).filter(counted).count())
        .toArray();
  }
}
