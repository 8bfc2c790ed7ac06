package dev.unmask.app.images;

import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Sheet;
import dev.unmask.app.theme.Theme;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Locale;
import java.util.Optional;

/**
 * Paints one image at the playhead: x, the predicted image, the predicted noise, and what the step
 * changed.
 */
public final class StepPainter implements Drawing<Sheet<ImageFrame>> {
  private static final int PICTURES = 4;
  private static final double GAP = 14;
  private static final double TITLE = 20;
  private static final double NOTE = 20;

  @Override
  public void paint(Graphics2D g, Sheet<ImageFrame> sheet, Theme theme) {
    g.setColor(theme.panel());
    g.fillRect(0, 0, sheet.width(), sheet.height());
    ImageFrame batch = sheet.content();
    show(g, theme, place(sheet, 0), "x at the step", Optional.of(picture(batch, batch.shown())));
    show(
        g,
        theme,
        place(sheet, 1),
        "predicted image",
        batch.predicted().map(predicted -> picture(batch, predicted)));
    signed(g, theme, place(sheet, 2), "predicted noise", batch, batch.noise());
    signed(g, theme, place(sheet, 3), "changed by the step", batch, batch.change());
  }

  /** Side by side, or two above two, whichever makes the pictures larger. */
  private static int columns(double width, double height) {
    return size(width, height, 2) > size(width, height, PICTURES) ? 2 : PICTURES;
  }

  /** Side of a picture. */
  private static double size(double width, double height, int columns) {
    int lines = PICTURES / columns;
    double wide = (width - (columns - 1) * GAP - 1) / columns;
    return Math.max(1, Math.floor(Math.min(wide, height / lines - TITLE - NOTE)));
  }

  private static Rectangle2D place(Sheet<ImageFrame> sheet, int index) {
    int columns = columns(sheet.width(), sheet.height());
    double size = size(sheet.width(), sheet.height(), columns);
    double left = Math.floor((sheet.width() - columns * (size + GAP) + GAP) / 2);
    double x = left + index % columns * (size + GAP);
    double y = index / columns * (size + TITLE + NOTE) + TITLE;
    return new Rectangle2D.Double(x, y, size, size);
  }

  private static BufferedImage picture(ImageFrame batch, float[] values) {
    return Raster.picture(values, batch.shape(), batch.image());
  }

  private static void signed(
      Graphics2D g,
      Theme theme,
      Rectangle2D place,
      String title,
      ImageFrame batch,
      Optional<float[]> values) {
    show(
        g,
        theme,
        place,
        title,
        values.map(known -> Raster.signed(known, batch.shape(), batch.image(), theme)));
    values.ifPresent(
        known -> scale(g, theme, place, Raster.most(known, batch.shape(), batch.image())));
  }

  static void show(
      Graphics2D g, Theme theme, Rectangle2D place, String title, Optional<BufferedImage> picture) {
    g.setColor(theme.muted());
    Card.NOTE.draw(g, title, place.getX(), place.getY() - 7);
    if (picture.isPresent()) {
      Raster.draw(g, picture.get(), place);
    } else {
      Card.NOTE.drawCentred(g, "none here", place.getCenterX(), place.getCenterY());
    }
    g.setColor(theme.line());
    g.setStroke(new BasicStroke(1));
    g.draw(place);
  }

  /** What the two hues mean: a minus on blue, a plus on orange, and how much is full colour. */
  private static void scale(Graphics2D g, Theme theme, Rectangle2D place, double most) {
    double y = place.getMaxY() + 5;
    g.setColor(Theme.SKY_BLUE);
    g.fill(new Rectangle2D.Double(place.getX(), y, 12, 12));
    g.setColor(Theme.ORANGE);
    g.fill(new Rectangle2D.Double(place.getMaxX() - 12, y, 12, 12));
    g.setColor(theme.muted());
    String least = String.format(Locale.ROOT, "−%.2g", most);
    String greatest = String.format(Locale.ROOT, "+%.2g", most);
    Card.NOTE.draw(g, least, place.getX() + 17, y + 10);
    Card.NOTE.drawRight(g, greatest, place.getMaxX() - 17, y + 10);
  }
}
