package dev.unmask.app.tokens.timeline;

import dev.unmask.app.picture.Figures;
import dev.unmask.app.picture.Frame;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Paints the figures of every step above the rows. First, as bars, what became a token and, below
 * them, what was taken back or replaced; then as lines, each from 0 to its largest, the confidence
 * (its mean, and thin its least), the masks or the noise that is left, the entropy, the tokens to
 * an evaluation, the mass on tokens that end a text if there is any, and NFE.
 */
record LanePainter(Graphics2D g, Frame frame, Theme theme, TimelineLayout layout) {
  private static final Lettering NOTE = new Lettering(Typeface.SANS, 9.5);
  private static final Lettering VALUE = new Lettering(Typeface.SANS_STRONG, 9.5);

  /** Of the first lane, the part above its base line. */
  private static final int UP = 18;

  private static final int VALUE_WIDTH = 32;
  private static final double LEAST_END_MASS = 0.02;

  /** A lane with a line. */
  private record Lane(
      String name, Color colour, ToDoubleFunction<Figures> figure, Scale scale, String format) {
    String value(Figures at) {
      double value = figure.applyAsDouble(at);
      return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
    }
  }

  /** Everything but the figures at the playhead. */
  void paint() {
    if (layout.lanes() == 0) {
      return;
    }
    double base = layout.laneTop() + UP;
    bars(base);
    name(frame.masked() ? "committed" : "edited", hue(frame.masked()), base);
    base = layout.laneTop() + TimelineLayout.FIRST_LANE - 1.0;
    for (Lane lane : lanes()) {
      base += TimelineLayout.LANE;
      rule(base - TimelineLayout.LANE);
      if (lane.name.equals("confidence")) {
        line(Figures::leastConfidence, lane.scale, base, theme.dim());
      }
      line(lane.figure, lane.scale, base, lane.colour);
      name(lane.name, lane.colour, base - 3);
    }
  }

  /** The figures of one step, beside the lanes' names. */
  void values(Figures at) {
    if (layout.lanes() == 0) {
      return;
    }
    double base = layout.laneTop() + UP;
    value(Integer.toString(frame.masked() ? at.committed() : at.edited()), base);
    base = layout.laneTop() + TimelineLayout.FIRST_LANE - 1.0;
    for (Lane lane : lanes()) {
      base += TimelineLayout.LANE;
      value(lane.value(at), base - 3);
    }
  }

  /** Those with a line that there is room for. */
  private List<Lane> lanes() {
    Color grey = theme.muted();
    List<Lane> all = new ArrayList<>();
    all.add(
        new Lane(
            "confidence",
            theme.ink(Theme.SKY_BLUE),
            Figures::meanConfidence,
            frame.confidences(),
            "%.2f"));
    all.add(
        lane(
            frame.masked() ? "masks left" : "noise left", grey, figures -> figures.left(), "%.0f"));
    all.add(lane("entropy", theme.ink(Theme.PURPLE), Figures::meanEntropy, "%.2f"));
    all.add(lane("tokens / NFE", theme.ink(Theme.ORANGE), Figures::tokensPerEvaluation, "%.2f"));
    if (endsSeen(frame)) {
      all.add(
          new Lane(
              "end of text",
              theme.ink(Theme.VERMILLION),
              Figures::endMass,
              new Scale(0, 1),
              "%.2f"));
    }
    all.add(lane("NFE", grey, figures -> figures.evaluations(), "%.0f"));
    return all.subList(0, Math.min(all.size(), layout.lanes() - 1));
  }

  private Lane lane(String name, Color colour, ToDoubleFunction<Figures> figure, String format) {
    return new Lane(name, colour, figure, new Scale(0, most(figure)), format);
  }

  /** How many lanes are painted where there is room. */
  static int count(Frame frame) {
    return endsSeen(frame) ? 7 : 6;
  }

  private static boolean endsSeen(Frame frame) {
    return frame.moments().stream()
        .anyMatch(moment -> moment.figures().endMass() >= LEAST_END_MASS);
  }

  private void rule(double y) {
    g.setColor(theme.line());
    g.setStroke(new BasicStroke(1));
    g.draw(new Line2D.Double(layout.left(), y + 0.5, layout.right(), y + 0.5));
  }

  private void name(String words, Color colour, double y) {
    g.setColor(colour);
    NOTE.drawRight(g, words, layout.left() - 10.0 - VALUE_WIDTH, y);
  }

  private void value(String figure, double y) {
    g.setColor(theme.foreground());
    VALUE.drawRight(g, figure, layout.left() - 10.0, y);
  }

  private Color hue(boolean masked) {
    return theme.ink(masked ? Theme.ORANGE : Theme.PURPLE);
  }

  private void bars(double base) {
    double most = Math.max(most(Figures::committed), most(Figures::edited));
    double back = most(Figures::remasked);
    double width = Math.clamp(layout.stepWidth() * 0.5, 1, 9);
    double down = TimelineLayout.FIRST_LANE - UP - 2.0;
    for (StepView moment : frame.moments()) {
      Figures figures = moment.figures();
      if (layout.shows(moment.step())) {
        double x = layout.x(moment.step()) - width / 2;
        double up = tall(figures.committed(), most, UP - 3.0);
        bar(Theme.ORANGE, x, base - up, width, up);
        double edits = Math.min(tall(figures.edited(), most, UP - 3.0), UP - up);
        bar(Theme.PURPLE, x, base - up - edits, width, edits);
        bar(Theme.VERMILLION, x, base + 1, width, tall(figures.remasked(), back, down));
      }
    }
  }

  /** What happened is seen, however little it is. */
  private static double tall(int count, double most, double room) {
    return count == 0 ? 0 : Math.max(count / most * room, 2);
  }

  private void bar(Color colour, double x, double y, double width, double height) {
    if (height > 0) {
      g.setColor(colour);
      g.fill(new Rectangle2D.Double(x, y, width, height));
    }
  }

  private void line(ToDoubleFunction<Figures> figure, Scale scale, double base, Color colour) {
    var path = new Path2D.Double();
    boolean pen = false;
    for (StepView moment : frame.moments()) {
      double value = figure.applyAsDouble(moment.figures());
      boolean known = Double.isFinite(value) && layout.shows(moment.step());
      if (known) {
        double y = base - 1 - scale.share(value) * (TimelineLayout.LANE - 4);
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

  /** 1 if nothing is above 0. */
  private double most(ToDoubleFunction<Figures> figure) {
    return frame.moments().stream()
        .map(StepView::figures)
        .mapToDouble(figure)
        .filter(value -> Double.isFinite(value) && value > 0)
        .max()
        .orElse(1);
  }
}
