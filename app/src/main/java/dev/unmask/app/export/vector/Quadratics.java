package dev.unmask.app.export.vector;

import java.awt.Shape;
import java.awt.geom.PathIterator;
import java.util.ArrayList;
import java.util.List;

/**
 * An outline as TrueType writes it: contours of points on the curve, and of control points of
 * quadratic curves, in whole units. Cubic curves are cut until they are nearly quadratic.
 */
final class Quadratics {
  /** By how much a curve may be off, in units. */
  private static final double TOLERANCE = 0.5;

  private static final int MOST_PARTS = 16;

  /**
   * A point of a contour.
   *
   * @param on whether it is on the curve
   */
  record Point(int x, int y, boolean on) {}

  private final List<List<Point>> contours = new ArrayList<>();
  private final double units;
  private List<Point> contour = new ArrayList<>();
  private double x;
  private double y;

  private Quadratics(double units) {
    this.units = units;
  }

  /**
   * The contours of a shape whose y points downwards.
   *
   * @param units to one unit of the shape
   */
  static List<List<Point>> of(Shape shape, double units) {
    var outline = new Quadratics(units);
    double[] c = new double[6];
    for (PathIterator path = shape.getPathIterator(null); !path.isDone(); path.next()) {
      switch (path.currentSegment(c)) {
        case PathIterator.SEG_MOVETO -> {
          outline.end();
          outline.to(c[0], c[1]);
        }
        case PathIterator.SEG_LINETO -> outline.to(c[0], c[1]);
        case PathIterator.SEG_QUADTO -> outline.curve(c[0], c[1], c[2], c[3]);
        case PathIterator.SEG_CUBICTO -> outline.cubic(c);
        default -> outline.end();
      }
    }
    outline.end();
    return outline.contours;
  }

  private void to(double newX, double newY) {
    add(newX, newY, true);
    x = newX;
    y = newY;
  }

  private void curve(double controlX, double controlY, double newX, double newY) {
    add(controlX, controlY, false);
    to(newX, newY);
  }

  private void cubic(double[] c) {
    double x0 = x;
    double y0 = y;
    double bend =
        StrictMath.hypot(c[4] - 3 * c[2] + 3 * c[0] - x0, c[5] - 3 * c[3] + 3 * c[1] - y0)
            * units
            * Math.sqrt(3)
            / 36;
    int parts = Math.clamp((long) Math.ceil(StrictMath.cbrt(bend / TOLERANCE)), 1, MOST_PARTS);
    for (int i = 0; i < parts; i++) {
      double from = (double) i / parts;
      double to = (i + 1.0) / parts;
      // The tangents at both ends, each a third of the part long, meet in the control point.
      double length = (to - from) / 4;
      double endX = at(x0, c[0], c[2], c[4], to);
      double endY = at(y0, c[1], c[3], c[5], to);
      double turnX = slope(x0, c[0], c[2], c[4], from) - slope(x0, c[0], c[2], c[4], to);
      double turnY = slope(y0, c[1], c[3], c[5], from) - slope(y0, c[1], c[3], c[5], to);
      curve((x + endX) / 2 + turnX * length, (y + endY) / 2 + turnY * length, endX, endY);
    }
  }

  private static double at(double a, double b, double c, double d, double t) {
    double s = 1 - t;
    return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
  }

  private static double slope(double a, double b, double c, double d, double t) {
    double s = 1 - t;
    return 3 * (s * s * (b - a) + 2 * s * t * (c - b) + t * t * (d - c));
  }

  private void add(double atX, double atY, boolean on) {
    contour.add(new Point((int) Math.round(atX * units), (int) Math.round(-atY * units), on));
  }

  private void end() {
    if (contour.size() > 1 && contour.getFirst().equals(contour.getLast())) {
      contour.removeLast();
    }
    if (contour.size() > 2) {
      contours.add(contour);
    }
    contour = new ArrayList<>();
  }
}
