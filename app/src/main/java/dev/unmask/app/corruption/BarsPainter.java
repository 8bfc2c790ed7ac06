package dev.unmask.app.corruption;

import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Sheet;
import dev.unmask.app.picture.Visible;
import dev.unmask.app.theme.Lettering;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.theme.Typeface;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Paints distributions one below the other; the clean token's bars are blue. */
public final class BarsPainter implements Drawing<Sheet<NoisedText>> {
  private static final Lettering TOKEN = new Lettering(Typeface.MONO, 11.5);
  private static final double LINE = 19;
  private static final double NAME = 92;
  private static final double FIGURE = 44;

  /** How high the most distributions that there are can be, in pixels. */
  public static final double HEIGHT = 4 * 7 * LINE;

  @Override
  public void paint(Graphics2D g, Sheet<NoisedText> sheet, Theme theme) {
    g.setColor(theme.panel());
    g.fillRect(0, 0, sheet.width(), sheet.height());
    double y = 12;
    for (Bars bars : sheet.content().distributions()) {
      g.setColor(theme.muted());
      Card.TITLE.draw(g, Card.TITLE.cut(bars.title(), sheet.width()), 0, y);
      y += LINE;
      for (Bars.Bar bar : bars.bars()) {
        paint(g, theme, bar, sheet.width(), y);
        y += LINE;
      }
      y += LINE;
    }
  }

  private static void paint(Graphics2D g, Theme theme, Bars.Bar bar, int width, double y) {
    g.setColor(theme.foreground());
    TOKEN.draw(g, TOKEN.cut(Visible.text(bar.text()), NAME - 8), 0, y);
    double room = width - NAME - FIGURE;
    g.setColor(bar.clean() ? Theme.SKY_BLUE : theme.muted());
    g.fill(new Rectangle2D.Double(NAME, y - 8, Math.max(1, room * bar.probability()), 7));
    g.setColor(theme.muted());
    String figure = String.format(Locale.ROOT, "%.3f", bar.probability());
    Card.NOTE.drawRight(g, figure, width - 2.0, y);
  }

  /**
   * The most probable tokens of a distribution.
   *
   * @param title what it is of
   * @param bars the most probable first
   */
  record Bars(String title, List<Bar> bars) {
    private static final int MOST = 5;

    /**
     * One token.
     *
     * @param clean whether it is the one that stood there
     */
    record Bar(String text, double probability, boolean clean) {}

    /** Of a distribution over tokens. */
    static Bars of(String title, double[] distribution, int clean, IntFunction<String> texts) {
      return new Bars(
          title,
          IntStream.range(0, distribution.length)
              .filter(token -> distribution[token] > 0)
              .boxed()
              .sorted(Comparator.comparingDouble(token -> -distribution[token]))
              .limit(MOST)
              .map(token -> new Bar(texts.apply(token), distribution[token], token == clean))
              .toList());
    }
  }
}
