package dev.unmask.app.corruption;

import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Sheet;
import dev.unmask.app.theme.Theme;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.util.List;

/** Paints a text under noise as large as it fits, and below it what the noise is at every t. */
public final class NoisedPicturePainter implements Drawing<Sheet<NoisedText>> {
  private static final double LARGEST = 30;
  private static final double SMALLEST = 9;
  private static final int PLOT = 150;
  private static final double PLOT_SHARE = 0.35;
  private static final int MARGIN = 10;

  @Override
  public void paint(Graphics2D g, Sheet<NoisedText> sheet, Theme theme) {
    g.setColor(theme.panel());
    g.fillRect(0, 0, sheet.width(), sheet.height());
    int plot = (int) Math.min(PLOT, sheet.height() * PLOT_SHARE);
    int room = Math.max(1, sheet.height() - plot - MARGIN);
    NoisedText text = sheet.content();
    Shape whole = g.getClip();
    g.clipRect(0, 0, sheet.width(), room);
    fitting(text.words(), sheet.width(), room).paint(g, theme, text.selection());
    g.setClip(whole);
    Graphics2D below = (Graphics2D) g.create(0, room + MARGIN, sheet.width(), Math.max(1, plot));
    try {
      new CurvesPainter().paint(below, sheet.sized(sheet.width(), plot), theme);
    } finally {
      below.dispose();
    }
  }

  private static WordFlow fitting(List<NoisedWord> words, int width, int room) {
    double size = LARGEST;
    WordFlow flow = flow(words, size, width);
    while (flow.bottom() > room && size > SMALLEST) {
      size--;
      flow = flow(words, size, width);
    }
    return flow;
  }

  private static WordFlow flow(List<NoisedWord> words, double size, int width) {
    return WordFlow.of(words, size, MARGIN, MARGIN, width - 2.0 * MARGIN);
  }
}
