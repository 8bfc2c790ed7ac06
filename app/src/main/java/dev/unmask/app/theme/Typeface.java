package dev.unmask.app.theme;

import dev.unmask.engine.InputException;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The bundled fonts, as outlines: what is painted with them depends neither on the fonts that are
 * installed nor on how a system renders text. There are no ligatures and no kerning, so that a
 * character always looks the same, whatever stands beside it.
 */
public enum Typeface {
  /** Inter. */
  SANS("inter/Inter-Regular.otf"),
  /** Inter SemiBold. */
  SANS_STRONG("inter/Inter-SemiBold.otf"),
  /** JetBrains Mono. */
  MONO("jetbrains_mono/JetBrainsMono-Regular.ttf"),
  /** JetBrains Mono Italic. */
  MONO_ITALIC("jetbrains_mono/JetBrainsMono-Italic.ttf");

  /** The em that outlines are taken at; large, so that nothing is lost to rounding. */
  private static final float EM = 1000;

  private static final FontRenderContext UNHINTED = new FontRenderContext(null, true, true);

  private final String resource;
  private final Map<Integer, Glyph> glyphs = new ConcurrentHashMap<>();
  private volatile Font font;

  Typeface(String file) {
    this.resource = "/com/formdev/flatlaf/fonts/" + file;
  }

  /** Reads all fonts now, not when they are first needed. */
  public static void readAll() {
    for (Typeface typeface : values()) {
      typeface.glyph(' ');
    }
  }

  /** The font file on the class path. */
  public InputStream open() {
    return Objects.requireNonNull(Typeface.class.getResourceAsStream(resource), resource);
  }

  /**
   * The outline and the advance of a character, for an em of 1: from this font, else from Inter,
   * else a box.
   */
  public Glyph glyph(int codePoint) {
    Glyph known = glyphs.get(codePoint);
    if (known == null) {
      known = has(codePoint) ? outline(codePoint) : stranger(codePoint);
      glyphs.put(codePoint, known);
    }
    return known;
  }

  private boolean has(int codePoint) {
    return font().canDisplay(codePoint) && !Character.isISOControl(codePoint);
  }

  private Glyph stranger(int codePoint) {
    return SANS.has(codePoint) ? SANS.glyph(codePoint) : box(codePoint);
  }

  private Font font() {
    if (font == null) {
      try (InputStream in = open()) {
        font = Font.createFont(Font.TRUETYPE_FONT, in).deriveFont(EM);
      } catch (IOException e) {
        throw new InputException(
            "The bundled fonts cannot be unpacked into the folder for temporary files %s (%s); make room there."
                .formatted(System.getProperty("java.io.tmpdir"), e.getMessage()),
            e);
      } catch (FontFormatException e) {
        throw new IllegalStateException("The bundled font " + resource + " is damaged.", e);
      }
    }
    return font;
  }

  private Glyph outline(int codePoint) {
    var vector = font().createGlyphVector(UNHINTED, Character.toString(codePoint));
    var shape = new Path2D.Double(vector.getOutline());
    shape.transform(AffineTransform.getScaleInstance(1 / EM, 1 / EM));
    return new Glyph(shape, vector.getGlyphPosition(vector.getNumGlyphs()).getX() / EM);
  }

  /** A frame as wide as an n, with the hexadecimal digits of the code point in two rows. */
  private Glyph box(int codePoint) {
    double width = glyph('n').advance();
    String digits = "%04X".formatted(codePoint);
    int perRow = (digits.length() + 1) / 2;
    var shape = new Path2D.Double(Path2D.WIND_NON_ZERO);
    frame(shape, width);
    double size = Math.min(0.36, (width - 0.16) / (perRow * MONO.glyph('0').advance()));
    for (int i = 0; i < digits.length(); i++) {
      Glyph digit = MONO.glyph(digits.charAt(i));
      double x = 0.08 + (i % perRow) * digit.advance() * size;
      double y = i < perRow ? -0.37 : -0.03;
      var placed = new AffineTransform(size, 0, 0, size, x, y);
      shape.append(digit.shape().getPathIterator(placed), false);
    }
    return new Glyph(shape, width);
  }

  /** Two rectangles that turn in opposite directions, which leaves the border between them. */
  private static void frame(Path2D shape, double width) {
    double edge = 0.04;
    double left = 0.03;
    double right = width - 0.03;
    double top = -0.74;
    double bottom = 0.08;
    polygon(shape, left, top, right, top, right, bottom, left, bottom);
    left += edge;
    right -= edge;
    top += edge;
    bottom -= edge;
    polygon(shape, left, top, left, bottom, right, bottom, right, top);
  }

  private static void polygon(Path2D shape, double... corners) {
    shape.moveTo(corners[0], corners[1]);
    for (int i = 2; i < corners.length; i += 2) {
      shape.lineTo(corners[i], corners[i + 1]);
    }
    shape.closePath();
  }

  /**
   * A character.
   *
   * @param shape its outline, the base line at 0, for an em of 1
   * @param advance how far to the next character, for an em of 1
   */
  public record Glyph(Path2D shape, double advance) {}
}
