package dev.unmask.app.images;

import dev.unmask.engine.trace.BatchShape;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;

/** All images of a batch as a picture of their own, as large as they need. */
public final class ImageGrid {
  private static final int GAP = 2;

  private ImageGrid() {}

  /**
   * Paints.
   *
   * @param zoom pixels of the picture for one of an image, in each direction
   */
  public static BufferedImage of(ImageFrame batch, int zoom) {
    BatchShape shape = batch.shape();
    int columns = (int) Math.ceil(Math.sqrt(shape.images()));
    int lines = Math.ceilDiv(shape.images(), columns);
    int width = shape.width() * zoom;
    int height = shape.height() * zoom;
    var picture =
        new BufferedImage(
            columns * (width + GAP) + GAP,
            lines * (height + GAP) + GAP,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D g = picture.createGraphics();
    g.setColor(Color.GRAY);
    g.fillRect(0, 0, picture.getWidth(), picture.getHeight());
    float[] shown = batch.shown();
    for (int image = 0; image < shape.images(); image++) {
      int left = image % columns * (width + GAP) + GAP;
      int top = image / columns * (height + GAP) + GAP;
      var place = new Rectangle(left, top, width, height);
      Raster.draw(g, Raster.picture(shown, shape, image), place);
    }
    g.dispose();
    return picture;
  }
}
