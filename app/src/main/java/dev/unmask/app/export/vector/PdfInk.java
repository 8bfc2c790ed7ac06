package dev.unmask.app.export.vector;

import dev.unmask.app.ink.Ink;
import dev.unmask.app.theme.Lettering;
import dev.unmask.app.theme.Typeface;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes the operators of a page of PDF (ISO 32000-1, annex A), with y pointing downwards. */
final class PdfInk implements Ink {
  private final StringBuilder page = new StringBuilder();
  private final Map<Typeface, OutlineFont> fonts = new EnumMap<>(Typeface.class);
  private final List<BufferedImage> pictures = new ArrayList<>();
  private final TreeSet<Integer> alphas = new TreeSet<>();

  @Override
  public void fill(Shape shape, Color colour, Shape clip) {
    if (colour.getAlpha() > 0) {
      begin(colour, clip);
      Outlines.pdf(shape, this::line);
      line("f");
      line("Q");
    }
  }

  @Override
  public void stroke(Shape shape, BasicStroke stroke, Color colour, Shape clip) {
    if (colour.getAlpha() == 0) {
      return;
    }
    begin(colour, clip);
    line(Outlines.numbers(stroke.getLineWidth()) + "w");
    line(stroke.getEndCap() == BasicStroke.CAP_SQUARE ? "2 J" : "0 J");
    if (stroke.getDashArray() != null) {
      float[] dashes = stroke.getDashArray();
      line("[" + Outlines.numbers(dashes[0], dashes[1]) + "] 0 d");
    }
    Outlines.pdf(shape, this::line);
    line("S");
    line("Q");
  }

  @Override
  public void image(BufferedImage picture, AffineTransform place, Shape clip) {
    begin(Color.BLACK, clip);
    double[] m = new double[6];
    place.getMatrix(m);
    line(Outlines.numbers(m) + "cm");
    // PDF's pictures stand on the base line, and are one unit wide and high.
    int height = picture.getHeight();
    line(Outlines.numbers(picture.getWidth(), 0, 0, -height, 0, height) + "cm");
    line("/P" + pictures.size() + " Do");
    line("Q");
    pictures.add(picture);
  }

  @Override
  public void text(Lettering lettering, String text, double x, double y, Color colour, Shape clip) {
    if (text.isBlank()) {
      return;
    }
    var font = fonts.computeIfAbsent(lettering.typeface(), OutlineFont::new);
    String glyphs =
        text.codePoints()
            .mapToObj(codePoint -> "%04X".formatted(font.glyph(codePoint)))
            .collect(Collectors.joining());
    begin(colour, clip);
    line("BT");
    line("/" + lettering.typeface() + " " + Outlines.numbers(lettering.size()) + "Tf");
    line(Outlines.numbers(1, 0, 0, -1, x, y) + "Tm");
    line("<" + glyphs + "> Tj");
    line("ET");
    line("Q");
  }

  private void begin(Color colour, Shape clip) {
    line("q");
    if (clip != null) {
      Outlines.pdf(clip, this::line);
      line("W n");
    }
    alphas.add(colour.getAlpha());
    line("/A" + colour.getAlpha() + " gs");
    String channels =
        Outlines.numbers(
            colour.getRed() / 255.0, colour.getGreen() / 255.0, colour.getBlue() / 255.0);
    line(channels + "rg " + channels + "RG");
  }

  private void line(String operators) {
    page.append(operators).append('\n');
  }

  /** The operators so far. */
  String page() {
    return page.toString();
  }

  /** The fonts that are used, each by its typeface's name. */
  List<OutlineFont> fonts() {
    return List.copyOf(fonts.values());
  }

  /** The pictures that are used; the first is P0. */
  List<BufferedImage> pictures() {
    return List.copyOf(pictures);
  }

  /** The alphas that are used, of 255; 255 is A255. */
  List<Integer> alphas() {
    return List.copyOf(alphas);
  }
}
