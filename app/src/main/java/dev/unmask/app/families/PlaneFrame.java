package dev.unmask.app.families;

import dev.unmask.engine.families.Lattice;
import java.awt.geom.Rectangle2D;

/** Where places of the plane are in a square of a picture; y grows upwards. */
record PlaneFrame(Rectangle2D square) {
  double x(double planeX) {
    return square.getCenterX() + planeX * scale();
  }

  double y(double planeY) {
    return square.getCenterY() - planeY * scale();
  }

  /** Pixels to a unit of the plane. */
  double scale() {
    return square.getWidth() / (2 * Lattice.REACH);
  }
}
