package dev.unmask.app.picture;

import dev.unmask.app.theme.Theme;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/** Paints something. Pure: what it paints depends on its arguments alone. */
@FunctionalInterface
public interface Drawing<P> {
  /** Paints everything from (0, 0) to the content's width and height. */
  void paint(Graphics2D g, P content, Theme theme);

  /** This in two layers, for contents of one size: pictures of them share the first. */
  default Layers<P> layers(List<P> contents) {
    return Layers.moving(this);
  }

  /**
   * Paints onto a picture, from its upper left corner.
   *
   * @param scale pixels of the picture to one of the content, in each direction
   */
  default void paint(BufferedImage picture, P content, Theme theme, double scale) {
    Graphics2D g = picture.createGraphics();
    try {
      g.scale(scale, scale);
      g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      paint(g, content, theme);
    } finally {
      g.dispose();
    }
  }
}
