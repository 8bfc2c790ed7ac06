package dev.unmask.app.timeline;

import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.Cells;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Look;
import dev.unmask.app.picture.Painter;
import dev.unmask.app.picture.Visible;
import dev.unmask.app.theme.Lettering;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.theme.Typeface;
import dev.unmask.engine.sampler.BlockPosition;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import dev.unmask.engine.trace.Trace;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.stream.IntStream;

/**
 * Paints what does not depend on the playhead: the life line of every position over all steps that
 * are recorded, the blocks behind them, the axes and the lane of counts.
 */
public final class LivesPainter implements Painter {
  private static final Lettering AXIS = new Lettering(Typeface.SANS, 10);
  private static final int LEAST_AXIS_GAP = 64;
  private static final double LARGEST_LABEL = 11;
  private static final double SMALLEST_LABEL = 6.5;

  @Override
  public void paint(Graphics2D g, Frame frame, Theme theme) {
    Card.paint(g, frame, theme, "TIMELINE — POSITIONS × STEPS");
    TimelineLayout layout = TimelineLayout.of(frame);
    Look[][] looks = looks(frame);
    TokenStep[] decisions =
        IntStream.range(0, looks.length - 1)
            .mapToObj(k -> frame.trace().step(k).decision())
            .toArray(TokenStep[]::new);
    blocks(g, frame, layout, theme, looks.length - 1);
    axis(g, layout, theme);
    labels(g, frame.trace(), layout, theme);
    new LanePainter(g, theme, layout).paint(looks);
    var line = new LifeLinePainter(g, theme, layout);
    for (int p = 0; p < layout.length(); p++) {
      line.paint(looks, decisions, p);
    }
  }

  private static Look[][] looks(Frame frame) {
    var looks = new Look[frame.trace().steps() + 1][];
    for (int k = 0; k < looks.length; k++) {
      looks[k] = Cells.looks(frame.trace(), frame.plan(), k);
    }
    return looks;
  }

  /** A band where a block's positions meet the steps that worked on it. */
  private static void blocks(
      Graphics2D g, Frame frame, TimelineLayout layout, Theme theme, int steps) {
    g.setColor(Theme.mix(theme.accent(), theme.panel(), theme.dark() ? 0.09 : 0.07));
    int first = 0;
    for (int k = 0; k < steps; k++) {
      BlockPosition block = frame.plan().block(frame.trace().state(k));
      boolean last =
          k + 1 == steps || frame.plan().block(frame.trace().state(k + 1)).index() != block.index();
      if (last && block.count() > 1) {
        double x = layout.x(first);
        double y = layout.rowTop(block.from());
        double width = layout.x(k + 1) - x;
        g.fill(new Rectangle2D.Double(x, y, width, layout.rowTop(block.to()) - y));
      }
      first = last ? k + 1 : first;
    }
  }

  private static void axis(Graphics2D g, TimelineLayout layout, Theme theme) {
    g.setStroke(new BasicStroke(1));
    int stride = stride(layout);
    for (int k = 0; k <= layout.plannedSteps(); k += stride) {
      int x = (int) Math.round(layout.x(k));
      g.setColor(theme.muted());
      AXIS.drawCentred(g, Integer.toString(k), x, layout.axis());
      g.setColor(theme.line());
      g.draw(new Line2D.Double(x + 0.5, layout.axis() + 4.0, x + 0.5, layout.bottom()));
    }
    g.setColor(theme.muted());
    AXIS.drawRight(g, "step", layout.left() - 10.0, layout.axis());
  }

  /** Steps between two numbers of the axis: 1, 2 or 5 times a power of ten. */
  private static int stride(TimelineLayout layout) {
    int[] rounds = {1, 2, 5};
    double perStep = (double) (layout.right() - layout.left()) / layout.plannedSteps();
    for (int power = 1; ; power *= 10) {
      for (int round : rounds) {
        if (round * power * perStep >= LEAST_AXIS_GAP || power >= 100_000_000) {
          return round * power;
        }
      }
    }
  }

  /** The latest token of each row, or of every so many rows where they are low. */
  private static void labels(Graphics2D g, Trace trace, TimelineLayout layout, Theme theme) {
    TokenState last = trace.state(trace.steps());
    double size = Math.clamp(layout.rowHeight() * 0.82, SMALLEST_LABEL, LARGEST_LABEL);
    var label = new Lettering(Typeface.MONO, size);
    int every = (int) Math.ceil(size * 1.05 / layout.rowHeight());
    double room = layout.left() - Card.PADDING - 10;
    for (int p = 0; p < layout.length(); p += every) {
      int token = last.tokens()[p];
      boolean known = token >= 0 && token != trace.header().maskId();
      boolean named = token >= 0 && token < trace.header().vocabulary().size();
      String text =
          known && named
              ? Visible.text(trace.header().vocabulary().get(token))
              : Integer.toString(p);
      g.setColor(known ? theme.muted() : theme.dim());
      String shown = label.cut(text, room);
      label.drawRight(g, shown, layout.left() - 10.0, layout.y(p) + size * 0.35);
    }
  }
}
