package dev.unmask.app.families;

import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Sheet;
import dev.unmask.app.theme.Theme;
import java.awt.Graphics2D;

/** Paints families side by side. */
public final class FamiliesPainter implements Drawing<Sheet<FamiliesView>> {
  private static final int APART = 16;

  private final FamilyPainter painter = new FamilyPainter();

  @Override
  public void paint(Graphics2D g, Sheet<FamiliesView> sheet, Theme theme) {
    g.setColor(theme.panel());
    g.fillRect(0, 0, sheet.width(), sheet.height());
    FamiliesView view = sheet.content();
    int columns = FamiliesView.columns(view.panels().size());
    int rows = Math.max(1, Math.ceilDiv(view.panels().size(), columns));
    int width = Math.max(1, (sheet.width() - APART * (columns + 1)) / columns);
    int height = Math.max(1, (sheet.height() - APART * (rows + 1)) / rows);
    for (int i = 0; i < view.panels().size(); i++) {
      var place = (Graphics2D) g.create();
      try {
        place.translate(
            APART + i % columns * (width + APART), APART + i / columns * (height + APART));
        painter.paint(place, new Sheet<>(view.panels().get(i), width, height), theme);
      } finally {
        place.dispose();
      }
    }
  }
}
