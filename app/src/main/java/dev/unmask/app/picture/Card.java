package dev.unmask.app.picture;

import dev.unmask.app.theme.Lettering;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.theme.Typeface;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.RoundRectangle2D;

/** The panel that a picture's data lies on, with its title. */
public final class Card {
  /** Between the card's edge and what is on it, in pixels. */
  public static final int PADDING = 14;

  /** Height of a line of small text, in pixels. */
  public static final int LINE = 18;

  /** The text of titles. */
  public static final Lettering TITLE = new Lettering(Typeface.SANS_STRONG, 11);

  /** The text beside the data. */
  public static final Lettering NOTE = new Lettering(Typeface.SANS, 11.5);

  private Card() {}

  /** Height of the line that a heading stands in, in pixels; 0 where there is none. */
  public static int head(Paintable<?> picture) {
    return picture.headed() ? LINE : 0;
  }

  /** Fills the picture with the background and lays the card on it. */
  public static void paint(Graphics2D g, Paintable<?> picture, Theme theme, String title) {
    g.setColor(theme.background());
    g.fillRect(0, 0, picture.width(), picture.height());
    var edge =
        new RoundRectangle2D.Double(0.5, 0.5, picture.width() - 1, picture.height() - 1, 16, 16);
    g.setColor(theme.panel());
    g.fill(edge);
    g.setColor(theme.line());
    g.setStroke(new BasicStroke(1));
    g.draw(edge);
    if (picture.headed()) {
      g.setColor(theme.muted());
      TITLE.draw(g, title, PADDING, PADDING + 11);
    }
  }
}
