package dev.unmask.app.corruption;

import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Painter;
import dev.unmask.app.theme.Theme;
import java.awt.Graphics2D;

/**
 * Paints what {@link CorruptionCardPainter} does as a picture of its own, with text as large as
 * fits.
 */
public final class CorruptionPainter implements Painter {
  private static final double TEXT = 30;
  private static final double SMALLEST = 11;
  private static final double PLOT = 90;
  private static final int TITLE = 20;

  private final Painter inner = new CorruptionCardPainter(TEXT, SMALLEST, PLOT);

  @Override
  public void paint(Graphics2D g, Frame frame, Theme theme) {
    Card.paint(g, frame, theme, "FORWARD CORRUPTION");
    int title = frame.headed() ? TITLE : 0;
    int width = Math.max(1, frame.width() - 2 * Card.PADDING);
    int height = Math.max(1, frame.height() - 2 * Card.PADDING - title);
    Graphics2D within = (Graphics2D) g.create(Card.PADDING, Card.PADDING + title, width, height);
    try {
      inner.paint(within, frame.sized(width, height), theme);
    } finally {
      within.dispose();
    }
  }
}
