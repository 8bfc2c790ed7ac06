package dev.unmask.app.export.vector;

import dev.unmask.app.ink.Ink;
import dev.unmask.app.theme.Lettering;
import dev.unmask.app.theme.Typeface;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Writes <a href="https://www.w3.org/TR/SVG2/">SVG</a>. Text stays text; the characters that it
 * needs are embedded as fonts, and where a program does not read those, the widths are kept.
 */
final class SvgInk implements Ink {
  private final StringBuilder body = new StringBuilder();
  private final Map<String, Integer> clips = new LinkedHashMap<>();
  private final Map<Typeface, OutlineFont> fonts = new EnumMap<>(Typeface.class);
  private String openClip = "";

  @Override
  public void fill(Shape shape, Color colour, Shape clip) {
    String path = Outlines.svg(shape);
    if (colour.getAlpha() > 0 && !path.isEmpty()) {
      within(clip);
      body.append("<path d=\"%s\"%s/>\n".formatted(path, paint("fill", colour)));
    }
  }

  @Override
  public void stroke(Shape shape, BasicStroke stroke, Color colour, Shape clip) {
    if (colour.getAlpha() == 0) {
      return;
    }
    within(clip);
    body.append("<path d=\"%s\" fill=\"none\"".formatted(Outlines.svg(shape)));
    body.append(paint("stroke", colour));
    body.append(" stroke-width=\"%s\"".formatted(Outlines.number(stroke.getLineWidth())));
    if (stroke.getEndCap() == BasicStroke.CAP_SQUARE) {
      body.append(" stroke-linecap=\"square\"");
    }
    if (stroke.getDashArray() != null) {
      float[] dashes = stroke.getDashArray();
      body.append(" stroke-dasharray=\"%s\"".formatted(Outlines.numbers(dashes[0], dashes[1])));
    }
    body.append("/>\n");
  }

  @Override
  public void image(BufferedImage picture, AffineTransform place, Shape clip) {
    within(clip);
    double[] m = new double[6];
    place.getMatrix(m);
    body.append(
        "<image width=\"%d\" height=\"%d\" transform=\"matrix(%s)\" style=\"image-rendering:pixelated\" href=\"data:image/png;base64,%s\"/>\n"
            .formatted(
                picture.getWidth(),
                picture.getHeight(),
                Outlines.numbers(m).strip(),
                Base64.getEncoder().encodeToString(png(picture))));
  }

  @Override
  public void text(Lettering lettering, String text, double x, double y, Color colour, Shape clip) {
    if (text.isBlank()) {
      return;
    }
    within(clip);
    var font = fonts.computeIfAbsent(lettering.typeface(), OutlineFont::new);
    text.codePoints().forEach(font::glyph);
    body.append(
        "<text class=\"%s\" x=\"%s\" y=\"%s\" font-size=\"%s\" textLength=\"%s\"%s>%s</text>\n"
            .formatted(
                name(lettering.typeface()),
                Outlines.number(x),
                Outlines.number(y),
                Outlines.number(lettering.size()),
                Outlines.number(lettering.width(text)),
                paint("fill", colour),
                escaped(Legible.of(text))));
  }

  /** The whole file, in pixels. */
  String document(int width, int height, String title) {
    within(null);
    var out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\" role=\"img\">\n"
            .formatted(width, height));
    out.append("<title>%s</title>\n<style>\n".formatted(escaped(title)));
    out.append("text { white-space: pre; direction: ltr; unicode-bidi: bidi-override; }\n");
    fonts.values().forEach(font -> out.append(style(font)));
    out.append("</style>\n<defs>\n");
    clips.forEach(
        (path, number) ->
            out.append(
                "<clipPath id=\"clip%d\"><path d=\"%s\"/></clipPath>\n".formatted(number, path)));
    return out.append("</defs>\n").append(body).append("</svg>\n").toString();
  }

  private static String style(OutlineFont font) {
    String name = name(font.typeface());
    String file = Base64.getEncoder().encodeToString(font.trueType("Unmask " + name));
    String slant = font.typeface() == Typeface.MONO_ITALIC ? "italic" : "normal";
    String weight = font.typeface() == Typeface.SANS_STRONG ? "600" : "400";
    boolean sans = font.typeface() == Typeface.SANS || font.typeface() == Typeface.SANS_STRONG;
    String others = sans ? "Inter, sans-serif" : "'JetBrains Mono', monospace";
    return """
    @font-face { font-family: unmask-%1$s; font-style: %2$s; font-weight: %3$s; src: url(data:font/ttf;base64,%5$s); }
    .%1$s { font-family: unmask-%1$s, %4$s; font-style: %2$s; font-weight: %3$s; }
    """
        .formatted(name, slant, weight, others, file);
  }

  private static String name(Typeface typeface) {
    return typeface.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What follows is seen within a clip. */
  private void within(Shape clip) {
    String path = clip == null ? "" : Outlines.svg(clip);
    if (path.equals(openClip)) {
      return;
    }
    body.append(openClip.isEmpty() ? "" : "</g>\n");
    if (!path.isEmpty()) {
      int number = clips.computeIfAbsent(path, unknown -> clips.size());
      body.append("<g clip-path=\"url(#clip%d)\">\n".formatted(number));
    }
    openClip = path;
  }

  private static String paint(String attribute, Color colour) {
    String opaque = " %s=\"#%06x\"".formatted(attribute, colour.getRGB() & 0xFFFFFF);
    return colour.getAlpha() == 255
        ? opaque
        : opaque
            + " %s-opacity=\"%s\"".formatted(attribute, Outlines.number(colour.getAlpha() / 255.0));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static byte[] png(BufferedImage picture) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(picture, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
