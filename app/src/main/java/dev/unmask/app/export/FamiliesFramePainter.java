package dev.unmask.app.export;

import dev.unmask.app.export.Composition.Part;
import dev.unmask.app.families.FamiliesPainter;
import dev.unmask.app.families.FamiliesView;
import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Sheet;
import dev.unmask.app.picture.Status;
import dev.unmask.app.theme.Theme;
import java.awt.Graphics2D;
import java.util.List;

/** Paints a frame of an animation of families that learn, and the status line. */
record FamiliesFramePainter(ExportSettings settings) implements Drawing<Sheet<FamiliesView>> {
  @Override
  public void paint(Graphics2D g, Sheet<FamiliesView> sheet, Theme theme) {
    var mount = new Mount(settings);
    var panels = new Part<>(new FamiliesPainter(), mount.room(sheet.width(), sheet.height()));
    new Composition<Sheet<FamiliesView>>(
            mount, true, List.of(panels), shown -> figures(shown.content()))
        .paint(g, sheet, theme);
  }

  private static List<Status.Figure> figures(FamiliesView view) {
    return List.of(
        new Status.Figure("state", Integer.toString(view.frame()), " of " + view.recorded()));
  }
}
