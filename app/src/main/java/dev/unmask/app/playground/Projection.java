package dev.unmask.app.playground;

import java.awt.geom.Rectangle2D;

/**
 * Where places of the plane are in a picture. Both coordinates have one scale, and y grows upwards.
 *
 * @param frame where the section is in the picture
 * @param scale pixels to a unit of the plane
 */
public record Projection(Rectangle2D frame, double scale) {
  /** As large as a picture of that size allows. */
  public static Projection of(Section section, double width, double height) {
    double wide = Math.max(1, Math.min(width, height * Section.ASPECT));
    double high = wide / Section.ASPECT;
    var frame = new Rectangle2D.Double((width - wide) / 2, (height - high) / 2, wide, high);
    return new Projection(frame, wide / (2 * section.halfWidth()));
  }

  double x(double planeX) {
    return frame.getCenterX() + planeX * scale;
  }

  double y(double planeY) {
    return frame.getCenterY() - planeY * scale;
  }

  /** x in the plane of a place in the picture. */
  public double planeX(double x) {
    return (x - frame.getCenterX()) / scale;
  }

  /** y in the plane of a place in the picture. */
  public double planeY(double y) {
    return (frame.getCenterY() - y) / scale;
  }
}
