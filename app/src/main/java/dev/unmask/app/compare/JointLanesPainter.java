package dev.unmask.app.compare;

import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Figures;
import dev.unmask.app.picture.History;
import dev.unmask.app.theme.Lettering;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.theme.Typeface;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Paints figures of all compared runs over each other, on their axis: masks left, the mean
 * confidence and the mean entropy, each on one scale for all runs, with the values at the playhead.
 */
final class JointLanesPainter implements Drawing<JointView> {
  private static final Lettering NAME = new Lettering(Typeface.SANS, 10.5);
  private static final Lettering VALUE = new Lettering(Typeface.SANS, 10);
  private static final int HEAD = Card.PADDING + Card.LINE + 4;
  private static final int NAMES = 76;
  private static final int VALUES = 58;
  private static final int LINE = 12;
  private static final int TALLEST_LANE = 44;

  /** How high a picture of so many runs is at its best. */
  static int height(int runs) {
    return HEAD + 3 * (Math.max(TALLEST_LANE, runs * LINE + 6) + 4) + 10;
  }

  @Override
  public void paint(Graphics2D g, JointView view, Theme theme) {
    Card.paint(g, view, theme, "LANES");
    g.setColor(theme.muted());
    Card.NOTE.drawRight(
        g, lines(view.compared().runs().size()), view.width() - 14.0, Card.PADDING + 11.0);
    var painting = new Painting(g, view, theme);
    painting.lane(0, "masks left", theme.muted(), Figures::masks, "%.0f");
    painting.lane(1, "confidence", theme.ink(Theme.SKY_BLUE), Figures::meanConfidence, "%.2f");
    painting.lane(2, "entropy", theme.ink(Theme.PURPLE), Figures::meanEntropy, "%.2f");
    painting.playhead();
  }

  private static String lines(int runs) {
    var words = new StringBuilder();
    for (int i = 0; i < runs; i++) {
      words.append(i == 0 ? "" : ", ").append(RunLetter.of(i)).append(' ');
      words.append(RunLetter.of(i).line());
    }
    return words.toString();
  }

  private record Painting(Graphics2D g, JointView view, Theme theme) {
    int left() {
      return Card.PADDING + NAMES;
    }

    int right() {
      return Math.max(left() + 1, view.width() - Card.PADDING - VALUES);
    }

    double tall() {
      return (view.height() - HEAD - Card.PADDING) / 3.0;
    }

    double x(double place) {
      return left() + view.compared().axis().share(place) * (right() - left());
    }

    void lane(
        int index, String name, Color colour, ToDoubleFunction<Figures> figure, String format) {
      double base = HEAD + (index + 1) * tall() - 4;
      double height = tall() - 10;
      g.setColor(theme.line());
      g.setStroke(new BasicStroke(1));
      g.draw(new Line2D.Double(left(), base + 0.5, right(), base + 0.5));
      g.setColor(colour);
      NAME.drawRight(g, name, left() - 10.0, base - height / 2 + 4);
      double most = most(figure);
      int runs = view.compared().runs().size();
      for (int run = 0; run < runs; run++) {
        g.setColor(colour);
        g.setStroke(RunLetter.of(run).stroke(1.6));
        g.draw(curve(run, figure, base, height / most));
        value(run, runs, figure, format, base - height / 2);
      }
    }

    private Path2D curve(int run, ToDoubleFunction<Figures> figure, double base, double scale) {
      double[] places = view.compared().places().get(run);
      History history = view.compared().runs().get(run);
      var path = new Path2D.Double();
      boolean pen = false;
      for (int step = 0; step < places.length; step++) {
        double value = figure.applyAsDouble(history.moment(step).figures());
        if (Double.isFinite(value)) {
          double y = base - Math.max(0, value) * scale;
          if (pen) {
            path.lineTo(x(places[step]), y);
          } else {
            path.moveTo(x(places[step]), y);
          }
        }
        pen = Double.isFinite(value);
      }
      return path;
    }

    private void value(
        int run, int runs, ToDoubleFunction<Figures> figure, String format, double middle) {
      int step = view.compared().step(run, view.step());
      double value = figure.applyAsDouble(view.compared().runs().get(run).moment(step).figures());
      String words = Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "–";
      double y = middle + (run - (runs - 1) / 2.0) * LINE + 3.5;
      g.setColor(theme.muted());
      VALUE.draw(g, RunLetter.of(run) + " " + words, right() + 12.0, y);
    }

    private double most(ToDoubleFunction<Figures> figure) {
      double most = 0;
      for (int run = 0; run < view.compared().runs().size(); run++) {
        int steps = view.compared().places().get(run).length - 1;
        most =
            view.compared().runs().get(run).upTo(steps).stream()
                .mapToDouble(moment -> figure.applyAsDouble(moment.figures()))
                .filter(Double::isFinite)
                .reduce(most, Math::max);
      }
      return most <= 0 ? 1 : most;
    }

    void playhead() {
      double x = x(view.compared().place(view.step()));
      g.setColor(theme.accent());
      g.setStroke(new BasicStroke(2));
      g.draw(new Line2D.Double(x, HEAD, x, view.height() - Card.PADDING));
    }
  }
}
