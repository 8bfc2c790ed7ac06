package dev.unmask.app.export;

import dev.unmask.app.images.GridPainter;
import dev.unmask.app.images.ImageFrame;
import dev.unmask.app.images.StepPainter;
import dev.unmask.app.images.StripPainter;
import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Sheet;
import dev.unmask.app.picture.Status;
import dev.unmask.app.theme.Theme;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Paints a frame of an animation of images: what is chosen of the views, and the status line. */
final class ImagesPainter implements Drawing<Sheet<ImageFrame>> {
  private static final double STRIP_SHARE = 0.3;

  private final ExportSettings settings;
  private final Drawing<Sheet<ImageFrame>> step = new StepPainter();
  private final Drawing<Sheet<ImageFrame>> strip = new StripPainter();
  private final Drawing<Sheet<ImageFrame>> grid = new GridPainter();

  ImagesPainter(ExportSettings settings) {
    this.settings = settings;
  }

  @Override
  public void paint(Graphics2D g, Sheet<ImageFrame> sheet, Theme theme) {
    Rectangle room = new Mount(settings).paint(g, sheet.width(), sheet.height(), theme);
    switch (settings.view()) {
      case CANVAS -> part(g, grid, sheet, room, theme);
      case TIMELINE, STRIP -> part(g, strip, sheet, room, theme);
      case BOTH -> {
        int below = (int) Math.round(room.height * STRIP_SHARE);
        int above = Math.max(1, room.height - below - Mount.MARGIN);
        part(g, step, sheet, new Rectangle(room.x, room.y, room.width, above), theme);
        int y = room.y + room.height - below;
        part(g, strip, sheet, new Rectangle(room.x, y, room.width, Math.max(1, below)), theme);
      }
      case CORRUPTION, COMPARISON ->
          throw new IllegalArgumentException("Images have no view " + settings.view() + ".");
    }
    Mount.status(g, figures(sheet.content()), theme, room);
  }

  private static void part(
      Graphics2D g,
      Drawing<Sheet<ImageFrame>> drawing,
      Sheet<ImageFrame> sheet,
      Rectangle place,
      Theme theme) {
    Graphics2D shifted = (Graphics2D) g.create(place.x, place.y, place.width, place.height);
    try {
      drawing.paint(shifted, sheet.sized(place.width, place.height), theme);
    } finally {
      shifted.dispose();
    }
  }

  private static List<Status.Figure> figures(ImageFrame batch) {
    List<Status.Figure> figures = new ArrayList<>();
    figures.add(
        new Status.Figure("step", Integer.toString(batch.step()), " of " + batch.recorded()));
    if (!Double.isNaN(batch.time())) {
      figures.add(new Status.Figure("t", String.format(Locale.ROOT, "%.3f", batch.time()), ""));
    }
    figures.add(new Status.Figure("sampler", batch.trace().header().sampler(), ""));
    figures.add(new Status.Figure("seed", Long.toString(batch.trace().header().seed()), ""));
    return figures;
  }
}
