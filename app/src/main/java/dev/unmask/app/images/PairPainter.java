package dev.unmask.app.images;

import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Sheet;
import dev.unmask.app.theme.Theme;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.Optional;

/** Paints one image at the playhead beside what is predicted of it. */
public final class PairPainter implements Drawing<Sheet<ImageFrame>> {
  private static final double GAP = 12;
  private static final double TITLE = 20;

  @Override
  public void paint(Graphics2D g, Sheet<ImageFrame> sheet, Theme theme) {
    g.setColor(theme.panel());
    g.fillRect(0, 0, sheet.width(), sheet.height());
    ImageFrame batch = sheet.content();
    double side =
        Math.max(
            1, Math.floor(Math.min((sheet.width() - GAP - 2) / 2, sheet.height() - TITLE - 2)));
    var left = new Rectangle2D.Double(1, TITLE, side, side);
    var right = new Rectangle2D.Double(1 + side + GAP, TITLE, side, side);
    StepPainter.show(
        g,
        theme,
        left,
        "x at t",
        Optional.of(Raster.picture(batch.shown(), batch.shape(), batch.image())));
    StepPainter.show(
        g,
        theme,
        right,
        "predicted image",
        batch.predicted().map(x -> Raster.picture(x, batch.shape(), batch.image())));
  }
}
