package dev.unmask.app.playground;

import java.awt.geom.Path2D;

/**
 * Lines of equal value through a grid of values, by marching squares: within each square of four
 * neighbours the line runs straight between the edges that it crosses.
 *
 * @param values line after line
 */
record Contours(float[] values, int columns, int rows) {
  /** The line of a level, in columns and rows from the middle of the first cell. */
  Path2D at(double level) {
    var path = new Path2D.Double();
    for (int row = 0; row + 1 < rows; row++) {
      for (int column = 0; column + 1 < columns; column++) {
        cross(path, column, row, level);
      }
    }
    return path;
  }

  /** Joins the crossings of a square's edges, in the order top, right, bottom, left. */
  private void cross(Path2D path, int column, int row, double level) {
    float topLeft = values[row * columns + column];
    float topRight = values[row * columns + column + 1];
    float bottomLeft = values[(row + 1) * columns + column];
    float bottomRight = values[(row + 1) * columns + column + 1];
    boolean open = false;
    if (topLeft < level != topRight < level) {
      open = join(path, open, column + share(topLeft, topRight, level), row);
    }
    if (topRight < level != bottomRight < level) {
      open = join(path, open, column + 1.0, row + share(topRight, bottomRight, level));
    }
    if (bottomLeft < level != bottomRight < level) {
      open = join(path, open, column + share(bottomLeft, bottomRight, level), row + 1.0);
    }
    if (topLeft < level != bottomLeft < level) {
      join(path, open, column, row + share(topLeft, bottomLeft, level));
    }
  }

  /** Begins a line, or ends the one that is open; tells whether one is open then. */
  private static boolean join(Path2D path, boolean open, double x, double y) {
    if (open) {
      path.lineTo(x, y);
    } else {
      path.moveTo(x, y);
    }
    return !open;
  }

  private static double share(float from, float to, double level) {
    return (level - from) / (to - from);
  }
}
