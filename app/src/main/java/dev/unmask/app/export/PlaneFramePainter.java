package dev.unmask.app.export;

import dev.unmask.app.export.Composition.Part;
import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Sheet;
import dev.unmask.app.picture.Status;
import dev.unmask.app.playground.PlanePainter;
import dev.unmask.app.playground.PlaneView;
import dev.unmask.app.theme.Theme;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Paints a frame of an animation of particles: the plane as it is looked at, and the status line.
 */
record PlaneFramePainter(ExportSettings settings) implements Drawing<Sheet<PlaneView>> {
  @Override
  public void paint(Graphics2D g, Sheet<PlaneView> sheet, Theme theme) {
    var mount = new Mount(settings);
    var plane = new Part<>(new PlanePainter(), mount.room(sheet.width(), sheet.height()));
    new Composition<Sheet<PlaneView>>(
            mount, true, List.of(plane), shown -> figures(shown.content()))
        .paint(g, sheet, theme);
  }

  private static List<Status.Figure> figures(PlaneView view) {
    List<Status.Figure> figures = new ArrayList<>();
    figures.add(
        new Status.Figure("step", Integer.toString(view.point()), " of " + view.scene().steps()));
    double time = view.now().time();
    if (!Double.isNaN(time)) {
      figures.add(new Status.Figure("t", String.format(Locale.ROOT, "%.3f", time), ""));
    }
    return figures;
  }
}
