package dev.unmask.app.images;

import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Sheet;
import dev.unmask.app.theme.Theme;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;

/** Paints all images of a batch at the playhead, with a frame around the one looked at closely. */
public final class GridPainter implements Drawing<Sheet<ImageFrame>> {
  private static final double GAP = 6;

  @Override
  public void paint(Graphics2D g, Sheet<ImageFrame> sheet, Theme theme) {
    g.setColor(theme.panel());
    g.fillRect(0, 0, sheet.width(), sheet.height());
    ImageFrame batch = sheet.content();
    float[] shown = batch.shown();
    for (int image = 0; image < batch.shape().images(); image++) {
      Raster.draw(g, Raster.picture(shown, batch.shape(), image), place(sheet, image));
    }
    g.setColor(theme.accent());
    g.setStroke(new BasicStroke(2));
    Rectangle2D selected = place(sheet, batch.image());
    g.draw(
        new Rectangle2D.Double(
            selected.getX() - 1,
            selected.getY() - 1,
            selected.getWidth() + 2,
            selected.getHeight() + 2));
  }

  /** As many columns as make the images largest. */
  private static int columns(Sheet<ImageFrame> sheet) {
    int images = sheet.content().shape().images();
    int best = 1;
    for (int columns = 1; columns <= images; columns++) {
      best = side(sheet, columns) > side(sheet, best) ? columns : best;
    }
    return best;
  }

  private static double side(Sheet<ImageFrame> sheet, int columns) {
    int lines = Math.ceilDiv(sheet.content().shape().images(), columns);
    return Math.min(
        (sheet.width() - (columns + 1) * GAP) / columns,
        (sheet.height() - (lines + 1) * GAP) / lines);
  }

  private static Rectangle2D place(Sheet<ImageFrame> sheet, int image) {
    int columns = columns(sheet);
    double side = Math.max(1, Math.floor(side(sheet, columns)));
    double left = Math.max(GAP, Math.floor((sheet.width() - columns * (side + GAP) + GAP) / 2));
    return new Rectangle2D.Double(
        left + image % columns * (side + GAP), GAP + image / columns * (side + GAP), side, side);
  }

  /** The image under a point of the picture, −1 if there is none. */
  public static int imageAt(Sheet<ImageFrame> sheet, double x, double y) {
    for (int image = 0; image < sheet.content().shape().images(); image++) {
      if (place(sheet, image).contains(x, y)) {
        return image;
      }
    }
    return -1;
  }
}
