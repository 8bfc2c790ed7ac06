package dev.unmask.app.export;

import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.Status;
import dev.unmask.app.theme.Lettering;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.theme.Typeface;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.util.List;

/** What an exported picture is mounted on: the ground, the title above and the caption below. */
record Mount(ExportSettings settings) {
  static final int MARGIN = 12;

  /** Height of the status line, which the views leave free below them. */
  static final int STATUS = 30;

  private static final int HEADING = 32;
  private static final int CAPTION_LINE = 18;
  private static final int GAP = 6;
  private static final Lettering TITLE = new Lettering(Typeface.SANS_STRONG, 17);
  private static final Lettering CAPTION = new Lettering(Typeface.SANS, 12.5);
  private static final Lettering NAME = new Lettering(Typeface.SANS, 12);
  private static final Lettering FIGURE = new Lettering(Typeface.SANS_STRONG, 12);
  private static final double SMALL = 9;
  private static final int SPACE = 22;

  /** Where there is room for views, with the status line below. */
  Rectangle room(int width, int height) {
    int top = MARGIN + (settings.title().isEmpty() ? 0 : HEADING);
    int bottom = captionTop(height, caption(width)) - MARGIN - STATUS;
    return new Rectangle(MARGIN, top, Math.max(1, width - 2 * MARGIN), Math.max(2, bottom - top));
  }

  /** Paints it. */
  void paint(Graphics2D g, int width, int height, Theme theme) {
    g.setColor(theme.background());
    g.fillRect(0, 0, width, height);
    List<String> caption = caption(width);
    int below = captionTop(height, caption);
    int x = MARGIN + Card.PADDING;
    g.setColor(theme.foreground());
    TITLE.draw(g, TITLE.cut(settings.title(), width - 2.0 * x), x, MARGIN + 17);
    for (int i = 0; i < caption.size(); i++) {
      CAPTION.draw(g, caption.get(i), x, below + GAP + i * CAPTION_LINE);
    }
  }

  private List<String> caption(int width) {
    return CAPTION.lines(settings.caption(), Math.max(1, width - 2 * MARGIN) - 2.0 * Card.PADDING);
  }

  private static int captionTop(int height, List<String> caption) {
    return height - (caption.isEmpty() ? 0 : caption.size() * CAPTION_LINE + GAP);
  }

  /** Paints a line of figures below the views. */
  void status(Graphics2D g, List<Status.Figure> figures, Theme theme, Rectangle room) {
    boolean print = settings.size().print();
    Lettering names = print ? NAME.at(SMALL) : NAME;
    Lettering values = print ? FIGURE.at(SMALL) : FIGURE;
    double x = MARGIN + Card.PADDING;
    double y = room.getMaxY() + MARGIN + STATUS - 13;
    for (Status.Figure figure : figures) {
      x = word(g, names, theme.muted(), figure.name() + " ", x, y);
      x = word(g, values, theme.foreground(), figure.value(), x, y);
      x = word(g, names, theme.muted(), figure.of(), x, y) + (print ? SPACE / 2.0 : SPACE);
    }
  }

  private static double word(
      Graphics2D g, Lettering lettering, Color colour, String text, double x, double y) {
    g.setColor(colour);
    lettering.draw(g, text, x, y);
    return x + lettering.width(text);
  }
}
