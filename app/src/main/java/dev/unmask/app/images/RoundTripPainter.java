package dev.unmask.app.images;

import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Sheet;
import dev.unmask.app.theme.Theme;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.Optional;

/** Paints an image beside what noise makes of it, and what came back less the original. */
public final class RoundTripPainter implements Drawing<Sheet<RoundTrip>> {
  private static final int PICTURES = 3;
  private static final double GAP = 8;
  private static final double TITLE = 20;

  @Override
  public void paint(Graphics2D g, Sheet<RoundTrip> sheet, Theme theme) {
    g.setColor(theme.panel());
    g.fillRect(0, 0, sheet.width(), sheet.height());
    RoundTrip trip = sheet.content();
    StepPainter.show(
        g,
        theme,
        place(sheet, 0),
        "original",
        Optional.of(Raster.picture(trip.clean(), trip.shape(), 0)));
    StepPainter.show(
        g,
        theme,
        place(sheet, 1),
        "at t",
        Optional.of(Raster.picture(trip.noised(), trip.shape(), 0)));
    StepPainter.show(
        g,
        theme,
        place(sheet, 2),
        "changed",
        trip.change().map(change -> Raster.signed(change, trip.shape(), 0, theme)));
  }

  private static Rectangle2D place(Sheet<RoundTrip> sheet, int index) {
    double wide = (sheet.width() - (PICTURES - 1) * GAP - 1) / PICTURES;
    double side = Math.max(1, Math.floor(Math.min(wide, sheet.height() - TITLE - 1)));
    return new Rectangle2D.Double(index * (side + GAP), TITLE, side, side);
  }
}
