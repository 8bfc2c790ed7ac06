package dev.unmask.app.corruption;

import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Sheet;
import dev.unmask.app.theme.Theme;
import java.awt.Graphics2D;
import java.util.List;

/** Paints words in lines. */
public final class WordsPainter implements Drawing<Sheet<List<NoisedWord>>> {
  @Override
  public void paint(Graphics2D g, Sheet<List<NoisedWord>> sheet, Theme theme) {
    g.setColor(theme.panel());
    g.fillRect(0, 0, sheet.width(), sheet.height());
    WordFlow.ofPage(sheet.content(), sheet.width()).paint(g, theme, -1);
  }

  /** How high words are in a width, in pixels. */
  public static double height(List<NoisedWord> words, int width) {
    return WordFlow.ofPage(words, width).bottom();
  }
}
