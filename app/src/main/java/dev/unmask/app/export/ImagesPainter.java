package dev.unmask.app.export;

import dev.unmask.app.export.Composition.Part;
import dev.unmask.app.images.GridPainter;
import dev.unmask.app.images.ImageFrame;
import dev.unmask.app.images.StepPainter;
import dev.unmask.app.images.StripPainter;
import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Layers;
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
    composition(sheet).paint(g, sheet, theme);
  }

  @Override
  public Layers<Sheet<ImageFrame>> layers(List<Sheet<ImageFrame>> sheets) {
    return composition(sheets.getFirst()).layers(sheets);
  }

  private Composition<Sheet<ImageFrame>> composition(Sheet<ImageFrame> sheet) {
    var mount = new Mount(settings);
    Rectangle room = mount.room(sheet.width(), sheet.height());
    List<Part<Sheet<ImageFrame>>> parts =
        switch (settings.view()) {
          case CANVAS -> List.of(new Part<>(grid, room));
          case TIMELINE, STRIP -> List.of(new Part<>(strip, room));
          case BOTH -> both(room);
          case CORRUPTION, COMPARISON ->
              throw new IllegalArgumentException("Images have no view " + settings.view() + ".");
        };
    return new Composition<>(mount, true, parts, shown -> figures(shown.content()));
  }

  private List<Part<Sheet<ImageFrame>>> both(Rectangle room) {
    int below = (int) Math.round(room.height * STRIP_SHARE);
    int above = Math.max(1, room.height - below - Mount.MARGIN);
    int y = room.y + room.height - below;
    return List.of(
        new Part<>(step, new Rectangle(room.x, room.y, room.width, above)),
        new Part<>(strip, new Rectangle(room.x, y, room.width, Math.max(1, below))));
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
