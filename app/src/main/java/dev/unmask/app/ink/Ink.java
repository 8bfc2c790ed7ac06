package dev.unmask.app.ink;

import dev.unmask.app.theme.Lettering;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/**
 * What a vector format is written with. Everything is in units of the page, from its upper left
 * corner; what lies outside of a clip is not seen, and a clip of null hides nothing.
 */
public interface Ink {
  void fill(Shape shape, Color colour, Shape clip);

  void stroke(Shape shape, BasicStroke stroke, Color colour, Shape clip);

  /** Draws a picture whose pixels are squares with sharp edges, a unit wide before it is placed. */
  void image(BufferedImage picture, AffineTransform place, Shape clip);

  void text(Lettering lettering, String text, double x, double y, Color colour, Shape clip);
}
