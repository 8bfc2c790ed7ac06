package dev.unmask.app.export;

import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Sheet;
import dev.unmask.app.theme.Theme;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.Optional;

/**
 * The step that is shown as it would be exported.
 *
 * @param settings empty where something is wrong with them
 * @param words why there is no picture, in a sentence
 */
record ExportPreview(Optional<Exhibit> exhibit, Optional<ExportSettings> settings, String words) {
  /** Paints it as large as fits, with a chessboard where it is transparent. */
  static final Drawing<Sheet<ExportPreview>> PAINTER = ExportPreview::paint;

  private static final int SQUARE = 9;
  private static final double SHADE = 0.08;

  private static void paint(Graphics2D g, Sheet<ExportPreview> sheet, Theme theme) {
    g.setColor(theme.background());
    g.fillRect(0, 0, sheet.width(), sheet.height());
    ExportPreview preview = sheet.content();
    if (preview.exhibit.isPresent() && preview.settings.isPresent()) {
      picture(g, sheet, preview.exhibit.get(), preview.settings.get(), theme);
    } else {
      g.setColor(theme.muted());
      String words = Card.NOTE.cut(preview.words, sheet.width());
      Card.NOTE.drawCentred(g, words, sheet.width() / 2.0, sheet.height() / 2.0);
    }
  }

  private static void picture(
      Graphics2D g,
      Sheet<ExportPreview> sheet,
      Exhibit exhibit,
      ExportSettings settings,
      Theme theme) {
    int width = settings.size().units();
    int height = settings.size().unitsHigh();
    double scale = Math.min((double) sheet.width() / width, (double) sheet.height() / height);
    Graphics2D middle = (Graphics2D) g.create();
    try {
      middle.translate((sheet.width() - width * scale) / 2, (sheet.height() - height * scale) / 2);
      var whole = new Rectangle2D.Double(0, 0, width * scale, height * scale);
      middle.clip(whole);
      if (!settings.theme().theme().opaque()) {
        chessboard(middle, settings.theme().theme(), whole);
      }
      middle.scale(scale, scale);
      exhibit.subject(settings).paint(middle, exhibit.step());
      middle.scale(1 / scale, 1 / scale);
      // Its ground may be the window's.
      middle.setColor(theme.line());
      middle.setStroke(new BasicStroke(2));
      middle.draw(whole);
    } finally {
      middle.dispose();
    }
  }

  /** Of the lightness that the ink is made for. */
  private static void chessboard(Graphics2D g, Theme ink, Rectangle2D whole) {
    var paper = new Color(ink.panel().getRGB());
    g.setColor(paper);
    g.fill(whole);
    g.setColor(Theme.mix(ink.foreground(), paper, SHADE));
    for (int y = 0; y * SQUARE < whole.getHeight(); y++) {
      for (int x = y % 2; x * SQUARE < whole.getWidth(); x += 2) {
        g.fillRect(x * SQUARE, y * SQUARE, SQUARE, SQUARE);
      }
    }
  }
}
