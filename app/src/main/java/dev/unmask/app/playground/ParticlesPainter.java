package dev.unmask.app.playground;

import dev.unmask.app.picture.Card;
import dev.unmask.app.theme.Theme;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Paints particles, the paths on which they came, and the selected one with its x̂0. */
record ParticlesPainter(Graphics2D g, Theme theme, PlaneView view, Projection projection) {
  private static final double RADIUS = 2.4;

  /** How far two symbols must be apart for both to be named. */
  private static final double APART = 24;

  /** What moves less, in pixels, is not drawn for itself: there may be a thousand steps. */
  private static final double SHORTEST = 1.5;

  /** More lines than this take too long for each of them to be drawn. */
  private static final int MOST_LINES = 20_000;

  /** Pixels of lines to a pixel of the plane from which on they are fainter. */
  private static final double COVERED = 0.5;

  private static final float[] DASHES = {4, 4};

  /**
   * The fainter the more of the plane they cover. Line by line: a long path that winds about costs
   * far more to paint as one shape.
   */
  void paths() {
    Rectangle2D frame = projection.frame();
    List<Line2D> lines = lines().filter(frame::intersectsLine).toList();
    double length =
        lines.stream()
            .mapToDouble(line -> Math.min(frame.getWidth(), line.getP1().distance(line.getP2())))
            .sum();
    double share = COVERED * frame.getWidth() * frame.getHeight() / Math.max(1, length);
    double strength = (theme.dark() ? 64 : 80) * Math.min(1, share);
    g.setColor(Theme.translucent(theme.muted(), (int) Math.ceil(strength)));
    g.setStroke(new BasicStroke(0.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL));
    lines.forEach(g::draw);
  }

  private Stream<Line2D> lines() {
    int stride = 1 + view.particles() * view.point() / MOST_LINES;
    return IntStream.range(0, view.particles())
        .mapToObj(particle -> corners(particle, stride))
        .flatMap(
            corners ->
                IntStream.range(1, corners.size())
                    .mapToObj(i -> new Line2D.Double(corners.get(i - 1), corners.get(i))));
  }

  /**
   * The path up to now: what comes later, nobody knows yet.
   *
   * @param stride of so many points, one is a corner
   */
  private List<Point2D> corners(int particle, int stride) {
    List<Point2D> corners = new ArrayList<>();
    for (int point = 0; point <= view.point(); point += stride) {
      Point2D place = place(particle, point);
      if (corners.isEmpty() || corners.getLast().distance(place) >= SHORTEST) {
        corners.add(place);
      }
    }
    corners.add(place(particle, view.point()));
    return corners;
  }

  private Point2D place(int particle, int point) {
    float[] places = view.scene().points().get(point).x();
    return new Point2D.Double(
        projection.x(places[2 * particle]), projection.y(places[2 * particle + 1]));
  }

  void particles() {
    g.setColor(Theme.ORANGE);
    for (int particle = 0; particle < view.particles(); particle++) {
      g.fill(circle(x(particle), y(particle), RADIUS));
    }
  }

  /** Its path, itself in a ring, and a dashed line to the diamond of its x̂0. */
  void selected() {
    int particle = view.selection();
    g.setColor(Theme.PURPLE);
    g.setStroke(new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(path(corners(particle, 1)));
    double cleanX = projection.x(view.cleanX(particle));
    double cleanY = projection.y(view.cleanY(particle));
    g.setStroke(new BasicStroke(1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, DASHES, 0));
    g.draw(new Line2D.Double(x(particle), y(particle), cleanX, cleanY));
    g.setColor(theme.panel());
    g.fill(circle(x(particle), y(particle), 6));
    g.fill(diamond(cleanX, cleanY, 6));
    g.setColor(Theme.PURPLE);
    g.setStroke(new BasicStroke(2));
    g.draw(circle(x(particle), y(particle), 6));
    g.draw(diamond(cleanX, cleanY, 6));
    g.fill(circle(x(particle), y(particle), RADIUS));
    g.setColor(theme.foreground());
    clean(cleanX + 5, cleanY - 11);
    if (StrictMath.hypot(x(particle) - cleanX, y(particle) - cleanY) > APART) {
      Card.NOTE.draw(g, "x", x(particle) + 5, y(particle) - 11);
    }
  }

  /** x̂0: its hat is a character of its own here, since letters are drawn one by one. */
  private void clean(double x, double y) {
    Card.NOTE.draw(g, "x", x, y);
    Card.NOTE.drawCentred(g, "ˆ", x + Card.NOTE.width("x") / 2, y);
    Card.NOTE.at(8).draw(g, "0", x + Card.NOTE.width("x") + 0.5, y + 2.5);
  }

  private double x(int particle) {
    return projection.x(view.x(particle));
  }

  private double y(int particle) {
    return projection.y(view.y(particle));
  }

  private static Ellipse2D circle(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }

  private static Path2D path(List<Point2D> corners) {
    var path = new Path2D.Double();
    path.moveTo(corners.getFirst().getX(), corners.getFirst().getY());
    corners.forEach(corner -> path.lineTo(corner.getX(), corner.getY()));
    return path;
  }

  private static Path2D diamond(double x, double y, double radius) {
    var diamond = new Path2D.Double();
    diamond.moveTo(x, y - radius);
    diamond.lineTo(x + radius, y);
    diamond.lineTo(x, y + radius);
    diamond.lineTo(x - radius, y);
    diamond.closePath();
    return diamond;
  }
}
