package dev.unmask.app.tokens.timeline;

import dev.unmask.app.picture.Figures;
import dev.unmask.app.picture.Scale;
import dev.unmask.app.picture.StepView;
import dev.unmask.app.theme.Lettering;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.theme.Typeface;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Paints the figures of every step above the rows: tokens committed as bars and masks left as a
 * line; the least and the mean confidence; the mean entropy; NFE. Each has its own scale, from 0 to
 * its largest.
 */
record LanePainter(Graphics2D g, Theme theme, TimelineLayout layout, List<StepView> moments) {
  /** How many lanes there are. */
  static final int COUNT = 4;

  private static final Lettering NOTE = new Lettering(Typeface.SANS, 9);

  void paint(Scale confidences) {
    if (layout.lanes() == 0) {
      return;
    }
    double base = layout.laneTop() + TimelineLayout.FIRST_LANE;
    bars(base);
    line(Figures::masks, 0, masksAtFirst(), base, theme.muted());
    name("committed", theme.ink(Theme.ORANGE), base - 15.0);
    name("masks left", theme.muted(), base - 4.0);
    if (layout.lanes() == COUNT) {
      more(confidences, base);
    }
  }

  private void more(Scale confidences, double first) {
    double base = below(first);
    double least = confidences.least();
    line(Figures::leastConfidence, least, confidences.most(), base, theme.muted());
    line(Figures::meanConfidence, least, confidences.most(), base, Theme.SKY_BLUE);
    name("confidence", theme.ink(Theme.SKY_BLUE), base - 4);
    base = below(base);
    line(Figures::meanEntropy, 0, most(Figures::meanEntropy), base, theme.ink(Theme.PURPLE));
    name("entropy", theme.ink(Theme.PURPLE), base - 4);
    base = below(base);
    line(Figures::evaluations, 0, most(Figures::evaluations), base, theme.muted());
    name("NFE", theme.muted(), base - 4);
  }

  /** The next lane's base line, with a rule above the lane. */
  private double below(double base) {
    g.setColor(theme.line());
    g.setStroke(new BasicStroke(1));
    g.draw(new Line2D.Double(layout.left(), base + 0.5, layout.right(), base + 0.5));
    return base + TimelineLayout.LANE;
  }

  private void name(String words, Color colour, double y) {
    g.setColor(colour);
    NOTE.drawRight(g, words, layout.left() - 10.0, y);
  }

  private void bars(double base) {
    double most = most(Figures::committed);
    double width = Math.clamp(layout.stepWidth() * 0.5, 1, 9);
    g.setColor(Theme.mix(Theme.ORANGE, theme.panel(), 0.75));
    for (StepView moment : moments) {
      double tall = moment.figures().committed() / most * (TimelineLayout.FIRST_LANE - 4);
      double x = layout.x(moment.step()) - width / 2;
      if (layout.shows(moment.step()) && tall > 0) {
        g.fill(new Rectangle2D.Double(x, base - tall, width, tall));
      }
    }
  }

  private void line(
      ToDoubleFunction<Figures> figure, double least, double most, double base, Color colour) {
    double height = (base == layout.laneTop() + TimelineLayout.FIRST_LANE ? 22 : 12);
    var path = new Path2D.Double();
    boolean pen = false;
    for (StepView moment : moments) {
      double value = figure.applyAsDouble(moment.figures());
      boolean known = Double.isFinite(value) && layout.shows(moment.step());
      if (known) {
        double y = base - 1 - Math.clamp((value - least) / (most - least), 0, 1) * height;
        if (pen) {
          path.lineTo(layout.x(moment.step()), y);
        } else {
          path.moveTo(layout.x(moment.step()), y);
        }
      }
      pen = known;
    }
    g.setColor(colour);
    g.setStroke(new BasicStroke(1.3f));
    g.draw(path);
  }

  private double masksAtFirst() {
    return Math.max(1, most(Figures::masks));
  }

  private double most(ToDoubleFunction<Figures> figure) {
    return moments.stream()
        .map(StepView::figures)
        .mapToDouble(figure)
        .filter(Double::isFinite)
        .filter(value -> value > 0)
        .max()
        .orElse(1);
  }
}
