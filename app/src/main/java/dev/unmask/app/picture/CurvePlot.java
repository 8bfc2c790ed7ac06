package dev.unmask.app.picture;

import dev.unmask.app.theme.Theme;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.function.DoubleUnaryOperator;

/** Curves over t in [0, 1], and a cursor. */
public record CurvePlot(Graphics2D g, Theme theme, Rectangle2D area) {
  /** The axes, with t = 0 at the left. */
  public void axes() {
    g.setColor(theme.line());
    g.setStroke(new BasicStroke(1));
    g.draw(new Line2D.Double(area.getX(), area.getMaxY(), area.getMaxX(), area.getMaxY()));
    g.draw(new Line2D.Double(area.getX(), area.getY(), area.getX(), area.getMaxY()));
  }

  /**
   * One curve.
   *
   * @param values from t = 0 to 1, evenly
   * @param share where a value is between the axis and the top, in [0, 1]
   */
  public void curve(double[] values, Color colour, DoubleUnaryOperator share) {
    var path = new Path2D.Double();
    for (int i = 0; i < values.length; i++) {
      double x = area.getX() + area.getWidth() * i / Math.max(1, values.length - 1);
      double y = area.getMaxY() - area.getHeight() * share.applyAsDouble(values[i]);
      if (i == 0) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
    }
    g.setColor(colour);
    g.setStroke(new BasicStroke(1.8f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(path);
  }

  /** Where t is. */
  public void cursor(double t) {
    double x = area.getX() + area.getWidth() * t;
    g.setColor(theme.accent());
    g.setStroke(new BasicStroke(2));
    g.draw(new Line2D.Double(x, area.getY() - 4, x, area.getMaxY() + 4));
  }

  /** What a curve is called, in its colour; returns where the next name goes. */
  public double name(String words, Color colour, double x, double y) {
    g.setColor(colour);
    Card.NOTE.draw(g, words, x, y);
    return x + Card.NOTE.width(words) + 16;
  }
}
