package dev.unmask.app.corruption;

import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Sheet;
import dev.unmask.app.theme.Theme;
import java.awt.Graphics2D;

/** Paints the tokens of a text under noise in lines. */
public final class NoisedTextPainter implements Drawing<Sheet<NoisedText>> {
  @Override
  public void paint(Graphics2D g, Sheet<NoisedText> sheet, Theme theme) {
    g.setColor(theme.panel());
    g.fillRect(0, 0, sheet.width(), sheet.height());
    NoisedText text = sheet.content();
    WordFlow.ofPage(text.words(), sheet.width()).paint(g, theme, text.selection());
  }

  /** How high a text is in a width, at any t, in pixels. */
  public static double height(NoisedText text, int width) {
    return WordFlow.ofPage(text.words(), width).bottom();
  }

  /** The position painted at this point, −1 if there is none. */
  public static int positionAt(NoisedText text, int width, double x, double y) {
    return WordFlow.ofPage(text.words(), width).at(x, y);
  }
}
