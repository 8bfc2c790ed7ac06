package dev.unmask.app.tokens.timeline;

import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.Colouring;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Painter;
import dev.unmask.app.picture.Sign;
import dev.unmask.app.picture.StepView;
import dev.unmask.app.theme.Theme;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.util.List;

/**
 * Paints what does not depend on the playhead: the life line of every position over all steps that
 * are recorded, the blocks behind them, the axes and the lanes of figures.
 */
public final class LivesPainter implements Painter {
  /** Rows that are lower are painted as a map. */
  private static final double LOWEST_LINE = 2.4;

  private static final double LOWEST_SIGN = 6;

  @Override
  public void paint(Graphics2D g, Frame frame, Theme theme) {
    Card.paint(g, frame, theme, "TIMELINE");
    TimelineLayout layout = TimelineLayout.of(frame);
    List<StepView> moments = frame.moments();
    var axes = new Axes(g, theme, layout);
    Shape all = g.getClip();
    g.clip(rows(layout));
    axes.blocks(moments);
    g.setClip(all);
    axes.steps();
    axes.tokens(frame);
    new LanePainter(g, frame, theme, layout).paint();
    new HatchPainter(g, frame, theme, layout).paint();
    var breaches = new BreachPainter(g, theme, layout, frame);
    breaches.lane();
    pinned(g, frame, theme, layout, moments);
    g.clip(rows(layout));
    lives(g, frame, theme, layout, moments);
    breaches.rows();
    g.setClip(all);
  }

  private static Rectangle rows(TimelineLayout layout) {
    int margin = 5;
    return new Rectangle(
        layout.left() - margin,
        layout.top() - 1,
        layout.right() - layout.left() + 2 * margin,
        layout.bottom() - layout.top() + 2);
  }

  private static void lives(
      Graphics2D g, Frame frame, Theme theme, TimelineLayout layout, List<StepView> moments) {
    double height = layout.rowHeight();
    boolean lines = frame.view().colouring() == Colouring.STATE && height >= LOWEST_LINE;
    if (!lines) {
      new RowRaster(frame, theme, layout).paint(g);
    }
    var line = new LifeLinePainter(g, theme, layout, moments, frame.confidences());
    for (int p = layout.firstRow(); p < layout.endRow(); p++) {
      if (lines) {
        line.paint(p, layout.y(p), height);
      } else if (height >= LOWEST_SIGN) {
        signs(g, layout, moments, p);
      }
    }
  }

  private static void signs(
      Graphics2D g, TimelineLayout layout, List<StepView> moments, int position) {
    double radius = LifeLinePainter.radius(layout.rowHeight());
    for (StepView moment : moments) {
      if (layout.shows(moment.step())) {
        Sign.paint(
            g, moment.looks()[position], layout.x(moment.step()), layout.y(position), radius);
      }
    }
  }

  private static void pinned(
      Graphics2D g, Frame frame, Theme theme, TimelineLayout layout, List<StepView> moments) {
    if (layout.pinned().isEmpty()) {
      return;
    }
    var line = new LifeLinePainter(g, theme, layout, moments, frame.confidences());
    var raster = new RowRaster(frame, theme, layout);
    for (int i = 0; i < layout.pinned().size(); i++) {
      if (frame.view().colouring() == Colouring.STATE) {
        line.paint(layout.pinned().get(i), layout.pinY(i), TimelineLayout.PIN);
      } else {
        int top = layout.pinTop() + i * TimelineLayout.PIN;
        raster.paint(g, layout.pinned().get(i), top, TimelineLayout.PIN);
      }
    }
    g.setColor(theme.dim());
    g.setStroke(new BasicStroke(1));
    double rule = layout.top() - 2.5;
    g.draw(new Line2D.Double(layout.left(), rule, layout.right(), rule));
  }
}
