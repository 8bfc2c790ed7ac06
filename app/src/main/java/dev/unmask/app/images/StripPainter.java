package dev.unmask.app.images;

import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Layers;
import dev.unmask.app.picture.Sheet;
import dev.unmask.app.theme.Theme;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;

/**
 * Paints one image at all of its steps, as many of them as have room: x above, the predicted image
 * below it, and a frame around the one at the playhead.
 */
public final class StripPainter implements Drawing<Sheet<ImageFrame>> {
  private static final double GAP = 4;
  private static final double NOTE = 18;
  private static final double LEFT = 1;
  private static final double LEAST = 34;

  @Override
  public void paint(Graphics2D g, Sheet<ImageFrame> sheet, Theme theme) {
    film(g, sheet, theme);
    mark(g, sheet, theme);
  }

  @Override
  public Layers<Sheet<ImageFrame>> layers(List<Sheet<ImageFrame>> sheets) {
    // Where there is room for one step alone, that is the playhead's.
    return shown(sheets.getFirst()) == 1
        ? Layers.moving(this)
        : new Layers<>(StripPainter::film, StripPainter::mark);
  }

  private static int shown(Sheet<ImageFrame> sheet) {
    return count(sheet.content(), sheet.width(), size(sheet.width(), sheet.height()));
  }

  private static void film(Graphics2D g, Sheet<ImageFrame> sheet, Theme theme) {
    g.setColor(theme.panel());
    g.fillRect(0, 0, sheet.width(), sheet.height());
    ImageFrame batch = sheet.content();
    double size = size(sheet.width(), sheet.height());
    int shown = shown(sheet);
    for (int i = 0; i < shown; i++) {
      paint(g, batch.at(step(batch, i, shown)), LEFT + i * (size + GAP), size, theme);
    }
  }

  private static void paint(Graphics2D g, ImageFrame at, double x, double size, Theme theme) {
    Raster.draw(
        g,
        Raster.picture(at.shown(), at.shape(), at.image()),
        new Rectangle2D.Double(x, 0, size, size));
    var below = new Rectangle2D.Double(x, size + GAP, size, size);
    at.predicted()
        .ifPresent(
            predicted -> Raster.draw(g, Raster.picture(predicted, at.shape(), at.image()), below));
    g.setColor(theme.muted());
    String time =
        Double.isNaN(at.time())
            ? Integer.toString(at.step())
            : String.format(Locale.ROOT, "%.2f", at.time());
    Card.NOTE.at(9.5).drawCentred(g, time, x + size / 2, 2 * size + GAP + 13);
  }

  private static void mark(Graphics2D g, Sheet<ImageFrame> sheet, Theme theme) {
    double size = size(sheet.width(), sheet.height());
    double x = LEFT + nearest(sheet.content(), shown(sheet)) * (size + GAP);
    g.setColor(theme.accent());
    g.setStroke(new BasicStroke(2));
    g.draw(new Rectangle2D.Double(x - 1, 0, size + 2, 2 * size + GAP + 1));
  }

  private static double size(double width, double height) {
    return Math.max(1, Math.min((height - NOTE - GAP) / 2, width - LEFT));
  }

  /** How high a strip is in which an image has this side. */
  public static double height(double side) {
    return 2 * side + GAP + NOTE;
  }

  private static int count(ImageFrame batch, double width, double size) {
    int room = (int) ((width - LEFT + GAP) / (Math.max(size, LEAST) + GAP));
    return Math.clamp(room, 1, batch.recorded() + 1);
  }

  private static int step(ImageFrame batch, int index, int shown) {
    return shown == 1
        ? batch.step()
        : (int) Math.round((double) index * batch.recorded() / (shown - 1));
  }

  private static int nearest(ImageFrame batch, int shown) {
    return batch.recorded() == 0
        ? 0
        : (int) Math.round((double) batch.step() * (shown - 1) / batch.recorded());
  }

  /** The step under a point of the picture, −1 if there is none. */
  public static int stepAt(Sheet<ImageFrame> sheet, double x, double y) {
    double size = size(sheet.width(), sheet.height());
    int shown = count(sheet.content(), sheet.width(), size);
    int index = (int) Math.floor((x - LEFT) / (size + GAP));
    return index < 0 || index >= shown || y > 2 * size + GAP
        ? -1
        : step(sheet.content(), index, shown);
  }
}
