package dev.unmask.app.compare;

import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Layers;
import dev.unmask.app.picture.Painter;
import dev.unmask.app.theme.Lettering;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.theme.Typeface;
import dev.unmask.app.tokens.timeline.TimelineLayout;
import dev.unmask.engine.trace.Divergence;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * Paints positions × steps of two runs: filled where their tokens differ; above it a bar a step for
 * how many do; the first divergence is framed, and named.
 */
public record DifferencePainter(RunPair pair) implements Painter {
  private static final Lettering NOTE = new Lettering(Typeface.SANS, 10);
  private static final int BARS = 34;

  @Override
  public void paint(Graphics2D g, Frame frame, Theme theme) {
    differences(g, frame, theme);
    playhead(g, frame, theme);
  }

  @Override
  public Layers<Frame> layers(List<Frame> frames) {
    return TimelineLayout.isSame(frames)
        ? new Layers<>(this::differences, DifferencePainter::playhead)
        : Layers.moving(this);
  }

  private void differences(Graphics2D g, Frame frame, Theme theme) {
    Card.paint(g, frame, theme, "DIFFERENCES");
    TimelineLayout layout = TimelineLayout.of(frame);
    g.setColor(theme.muted());
    int top = layout.axis() + BARS;
    Card.NOTE.drawRight(
        g, pair.summary(), frame.width() - (double) Card.PADDING, Card.PADDING + 11.0);
    NOTE.drawRight(g, "tokens that differ", layout.left() - 8.0, top - 4.0);
    NOTE.drawRight(g, "position 0", layout.left() - 8.0, top + 10.0);
    NOTE.drawRight(g, Integer.toString(pair.length() - 1), layout.left() - 8.0, layout.bottom());
    g.setColor(theme.line());
    g.draw(
        new Rectangle2D.Double(
            layout.left(), top, layout.right() - layout.left(), layout.bottom() - top));
    cells(g, layout, theme, top);
    pair.first().ifPresent(first -> divergence(g, layout, first, theme, top));
  }

  private static void playhead(Graphics2D g, Frame frame, Theme theme) {
    TimelineLayout layout = TimelineLayout.of(frame);
    g.setColor(theme.foreground());
    g.setStroke(new BasicStroke(1));
    double x = layout.x(frame.step());
    g.draw(new Line2D.Double(x, layout.axis(), x, layout.bottom()));
  }

  private void cells(Graphics2D g, TimelineLayout layout, Theme theme, int top) {
    int length = Math.max(1, pair.length());
    double height = (layout.bottom() - top) / (double) length;
    double width = Math.max(1, layout.x(1) - layout.x(0));
    for (int step = 0; step < pair.differing().size(); step++) {
      int[] positions = pair.differing().get(step);
      double x = layout.x(step) - width / 2;
      double tall = positions.length * (BARS - 6.0) / length;
      g.setColor(theme.accent());
      g.fill(new Rectangle2D.Double(x, top - tall, Math.max(1, width - 1), tall));
      g.setColor(Theme.mix(theme.accent(), theme.panel(), 0.75));
      for (int position : positions) {
        g.fill(
            new Rectangle2D.Double(x, top + position * height, width, Math.max(1, height - 0.5)));
      }
    }
  }

  private void divergence(
      Graphics2D g, TimelineLayout layout, Divergence first, Theme theme, int top) {
    if (first.step() > pair.left().steps()) {
      return;
    }
    double x = layout.x(first.step());
    g.setColor(theme.ink(Theme.VERMILLION));
    g.setStroke(new BasicStroke(2));
    g.draw(new Line2D.Double(x, layout.axis() + 2.0, x, layout.bottom()));
    double height = (layout.bottom() - top) / (double) Math.max(1, pair.length());
    if (first.position() >= 0) {
      double y = top + (first.position() + 0.5) * height;
      g.draw(new Rectangle2D.Double(x - 5, y - 5, 10, 10));
    }
    NOTE.draw(g, "step " + first.step(), x + 4, layout.axis() + 2.0);
  }
}
