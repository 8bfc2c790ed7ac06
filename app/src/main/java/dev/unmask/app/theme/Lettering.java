package dev.unmask.app.theme;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;

/**
 * Text of one typeface and size, drawn as outlines wherever a surface does not keep text.
 *
 * @param size the em, in pixels
 */
public record Lettering(Typeface typeface, double size) {
  private static final String ELLIPSIS = "…";

  /** How wide a text is, in pixels. */
  public double width(String text) {
    return size * text.codePoints().mapToDouble(c -> typeface.glyph(c).advance()).sum();
  }

  /** Draws from x on, on the base line y, in the colour that is set. */
  public void draw(Graphics2D g, String text, double x, double y) {
    if (g instanceof TextSurface surface) {
      surface.text(this, text, x, y);
    } else {
      g.fill(outline(text, x, y));
    }
  }

  /** What is drawn, as a shape. */
  public Path2D outline(String text, double x, double y) {
    var path = new Path2D.Double(Path2D.WIND_NON_ZERO);
    double pen = x;
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      Typeface.Glyph glyph = typeface.glyph(codePoint);
      var placed = new AffineTransform(size, 0, 0, size, pen, y);
      path.append(glyph.shape().getPathIterator(placed), false);
      pen += glyph.advance() * size;
      i += Character.charCount(codePoint);
    }
    return path;
  }

  /** Draws up to x, on the base line y. */
  public void drawRight(Graphics2D g, String text, double x, double y) {
    draw(g, text, x - width(text), y);
  }

  /** Draws around x, on the base line y. */
  public void drawCentred(Graphics2D g, String text, double x, double y) {
    draw(g, text, x - width(text) / 2, y);
  }

  /** The text, cut and ended by an ellipsis if it is wider than this. */
  public String cut(String text, double width) {
    if (width(text) <= width) {
      return text;
    }
    double room = width - width(ELLIPSIS);
    int end = 0;
    while (end < text.length()) {
      int codePoint = text.codePointAt(end);
      room -= typeface.glyph(codePoint).advance() * size;
      if (room < 0) {
        break;
      }
      end += Character.charCount(codePoint);
    }
    return text.substring(0, end) + ELLIPSIS;
  }

  /** The text in lines that are no wider than this, broken between words; none for no text. */
  public List<String> lines(String text, double width) {
    List<String> lines = new ArrayList<>();
    for (String word : text.strip().split("\\s+")) {
      String longer = lines.isEmpty() ? word : lines.getLast() + " " + word;
      if (!lines.isEmpty() && width(longer) <= width) {
        lines.removeLast();
        lines.add(longer);
      } else if (!word.isEmpty()) {
        lines.add(cut(word, width));
      }
    }
    return List.copyOf(lines);
  }

  /** The same typeface at another size. */
  public Lettering at(double otherSize) {
    return new Lettering(typeface, otherSize);
  }

  /** A surface that keeps text as text, where others are given its outlines. */
  public interface TextSurface {
    /**
     * Draws in the colour that is set.
     *
     * @param x where the first character begins
     * @param y of the base line
     */
    void text(Lettering lettering, String text, double x, double y);
  }
}
