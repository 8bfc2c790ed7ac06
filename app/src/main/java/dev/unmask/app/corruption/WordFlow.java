package dev.unmask.app.corruption;

import dev.unmask.app.picture.Visible;
import dev.unmask.app.theme.Lettering;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.theme.Typeface;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.List;

/**
 * Words in lines. A slot has room for the clean token and for the last, so that nothing moves while
 * t does.
 *
 * @param slots of the words, in pixels
 */
record WordFlow(List<NoisedWord> words, Lettering lettering, List<Rectangle2D> slots) {
  private static final double GAP = 3;
  private static final double PAGE_SIZE = 14;

  /** Of a width, from a corner on. */
  static WordFlow of(List<NoisedWord> words, double size, double left, double top, double width) {
    var lettering = new Lettering(Typeface.MONO, size);
    double line = Math.round(size * 1.9);
    List<Rectangle2D> slots = new ArrayList<>();
    double x = left;
    double y = top;
    for (NoisedWord word : words) {
      double clean = lettering.width(shown(word.clean()));
      double last = lettering.width(shown(word.last()));
      double wide = Math.max(Math.max(clean, last), size * 0.7) + 4;
      if (x + wide > left + width && x > left) {
        x = left;
        y += line;
      }
      slots.add(new Rectangle2D.Double(x, y, Math.min(wide, width), line - 5));
      x += wide + GAP;
    }
    return new WordFlow(words, lettering, List.copyOf(slots));
  }

  /** On a page of its own. */
  static WordFlow ofPage(List<NoisedWord> words, double width) {
    return of(words, PAGE_SIZE, GAP, GAP, width - 2 * GAP);
  }

  /** Below its last line. */
  double bottom() {
    return slots.isEmpty() ? 0 : slots.getLast().getMaxY() + GAP;
  }

  /** The word at this point, −1 if there is none. */
  int at(double x, double y) {
    for (int i = 0; i < slots.size(); i++) {
      if (slots.get(i).contains(x, y)) {
        return i;
      }
    }
    return -1;
  }

  /** Paints the words, and a ring around a selected one. */
  void paint(Graphics2D g, Theme theme, int selection) {
    for (int i = 0; i < slots.size(); i++) {
      // A card shows the beginning of a long text.
      Rectangle slot = slots.get(i).getBounds();
      if (g.hitClip(slot.x, slot.y, slot.width, slot.height)) {
        paint(g, theme, words.get(i), slots.get(i));
      }
    }
    if (selection >= 0 && selection < slots.size()) {
      Rectangle2D slot = slots.get(selection);
      g.setColor(theme.foreground());
      g.setStroke(new BasicStroke(1.6f));
      g.draw(round(slot, 2));
    }
  }

  private void paint(Graphics2D g, Theme theme, NoisedWord word, Rectangle2D slot) {
    switch (word.state()) {
      case MASKED -> {
        g.setColor(theme.mask());
        g.fill(round(slot, 0));
      }
      case REPLACED -> filled(g, theme, Theme.PURPLE, word, slot);
      case RETURNED -> {
        filled(g, theme, Theme.SKY_BLUE, word, slot);
        g.setStroke(new BasicStroke(1.6f));
        double y = slot.getMaxY() - 1;
        g.draw(new Line2D.Double(slot.getX() + 2, y, slot.getMaxX() - 2, y));
      }
      case KEPT -> text(g, theme.foreground(), word, slot);
    }
  }

  private void filled(Graphics2D g, Theme theme, Color hue, NoisedWord word, Rectangle2D slot) {
    g.setColor(theme.wash(hue));
    g.fill(round(slot, 0));
    text(g, theme.ink(hue), word, slot);
  }

  private void text(Graphics2D g, Color colour, NoisedWord word, Rectangle2D slot) {
    g.setColor(colour);
    String cut = lettering.cut(shown(word.text()), slot.getWidth());
    lettering.draw(g, cut, slot.getX() + 2, slot.getCenterY() + lettering.size() * 0.36);
  }

  private static RoundRectangle2D round(Rectangle2D slot, double more) {
    return new RoundRectangle2D.Double(
        slot.getX() - more,
        slot.getY() - more,
        slot.getWidth() + 2 * more,
        slot.getHeight() + 2 * more,
        6,
        6);
  }

  private static String shown(String token) {
    return Visible.text(token.startsWith(" ") ? token.substring(1) : token);
  }
}
