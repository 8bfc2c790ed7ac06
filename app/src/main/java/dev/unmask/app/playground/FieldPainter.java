package dev.unmask.app.playground;

import dev.unmask.app.theme.Theme;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** Paints a distribution in the plane: its density, contours and score. */
record FieldPainter(Graphics2D g, Theme theme, PlaneField field, Rectangle2D frame) {
  /** How much of the hue the densest place has. */
  private static final double STRONGEST = 0.62;

  /** Lifts what is thin, so that a peak does not hide it. */
  private static final double CURVE = 0.6;

  /** Scores as long as this, in units of the noise, have arrows as long as they can be. */
  private static final double LONGEST = 2.5;

  void density() {
    var cells = new BufferedImage(PlaneField.COLUMNS, PlaneField.ROWS, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < field.density().length; i++) {
      double share = StrictMath.pow(field.density()[i] / field.peak(), CURVE);
      Color colour = Theme.mix(Theme.SKY_BLUE, theme.panel(), STRONGEST * share);
      cells.setRGB(i % PlaneField.COLUMNS, i / PlaneField.COLUMNS, colour.getRGB());
    }
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    g.drawImage(cells, placed(0), null);
  }

  void contours() {
    var contours = new Contours(field.density(), PlaneField.COLUMNS, PlaneField.ROWS);
    g.setStroke(new BasicStroke(1));
    for (int i = 0; i < field.levels().length; i++) {
      g.setColor(Theme.translucent(theme.ink(Theme.SKY_BLUE), 70 + 35 * i));
      Shape line = placed(0.5).createTransformedShape(contours.at(field.levels()[i]));
      g.draw(line);
    }
  }

  /** From cells of the density to the picture; the middle of a cell is so much after its edge. */
  private AffineTransform placed(double middle) {
    var placed = AffineTransform.getTranslateInstance(frame.getX(), frame.getY());
    placed.scale(frame.getWidth() / PlaneField.COLUMNS, frame.getHeight() / PlaneField.ROWS);
    placed.translate(middle, middle);
    return placed;
  }

  void score() {
    g.setColor(Theme.translucent(theme.foreground(), 84));
    g.setStroke(new BasicStroke(1.1f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    double cell = frame.getWidth() / PlaneField.ARROW_COLUMNS;
    for (int i = 0; i < field.arrows().length / 2; i++) {
      double x = field.arrows()[2 * i];
      double y = -field.arrows()[2 * i + 1];
      double length = StrictMath.hypot(x, y);
      double drawn = 0.85 * cell * Math.min(1, length / LONGEST);
      if (drawn > 1) {
        double middleX = frame.getX() + (i % PlaneField.ARROW_COLUMNS + 0.5) * cell;
        double middleY = frame.getY() + (i / PlaneField.ARROW_COLUMNS + 0.5) * cell;
        arrow(middleX, middleY, x / length * drawn, y / length * drawn);
      }
    }
  }

  /** Around a place, with a head a third as long. */
  private void arrow(double x, double y, double dx, double dy) {
    double tipX = x + dx / 2;
    double tipY = y + dy / 2;
    var path = new Path2D.Double();
    path.moveTo(x - dx / 2, y - dy / 2);
    path.lineTo(tipX, tipY);
    path.moveTo(tipX - dx * 0.3 - dy * 0.18, tipY - dy * 0.3 + dx * 0.18);
    path.lineTo(tipX, tipY);
    path.lineTo(tipX - dx * 0.3 + dy * 0.18, tipY - dy * 0.3 - dx * 0.18);
    g.draw(path);
  }
}
