package dev.unmask.app.export.vector;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * A PDF of one page, with its fonts embedded (ISO 32000-1). It holds no date and no number that is
 * drawn, so that it is the same every time.
 */
final class PdfDocument {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<Integer> places = new ArrayList<>();

  private PdfDocument() {}

  /**
   * A page.
   *
   * @param width of what is drawn, in units
   * @param scale points to a unit
   */
  static byte[] of(PdfInk ink, int width, int height, double scale, String title) {
    return new PdfDocument().bytes(ink, width, height, scale, title);
  }

  private byte[] bytes(PdfInk ink, int width, int height, double scale, String title) {
    write("%PDF-1.7\n%âãÏÓ\n");
    String fonts =
        ink.fonts().stream()
            .map(font -> "/%s %d 0 R ".formatted(font.typeface(), font(font)))
            .collect(Collectors.joining());
    var pictures = new StringBuilder();
    for (int i = 0; i < ink.pictures().size(); i++) {
      pictures.append("/P%d %d 0 R ".formatted(i, picture(ink.pictures().get(i))));
    }
    String alphas =
        ink.alphas().stream()
            .map(a -> "/A%1$d << /ca %2$s /CA %2$s >> ".formatted(a, Outlines.number(a / 255.0)))
            .collect(Collectors.joining());
    String turned = Outlines.numbers(scale, 0, 0, -scale, 0, height * scale) + "cm\n";
    int content = stream("", (turned + ink.page()).getBytes(StandardCharsets.ISO_8859_1));
    int page = places.size() + 1;
    int pages = page + 1;
    object(
        "<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %s] /Contents %d 0 R /Group << /S /Transparency /CS /DeviceRGB >> /Resources << /Font << %s>> /XObject << %s>> /ExtGState << %s>> >> >>"
            .formatted(
                pages,
                Outlines.numbers(width * scale, height * scale),
                content,
                fonts,
                pictures,
                alphas));
    object("<< /Type /Pages /Kids [%d 0 R] /Count 1 >>".formatted(page));
    int catalog = object("<< /Type /Catalog /Pages %d 0 R >>".formatted(pages));
    int info = object("<< /Title <%s> /Producer (Unmask) >>".formatted(utf16("\uFEFF" + title)));
    end(catalog, info);
    return out.toByteArray();
  }

  private void end(int catalog, int info) {
    int start = out.size();
    write("xref\n0 %d\n0000000000 65535 f \n".formatted(places.size() + 1));
    places.forEach(place -> write("%010d 00000 n \n".formatted(place)));
    write(
        "trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
            .formatted(places.size() + 1, catalog, info, start));
  }

  /** A font whose text is written as numbers of glyphs. */
  private int font(OutlineFont font) {
    String name = "UNMASK+" + font.typeface().name().replace('_', '-');
    byte[] trueType = font.trueType(name);
    int file = stream("/Length1 " + trueType.length, trueType);
    int descriptor =
        object(
            "<< /Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [-1000 -1000 2000 2000] /ItalicAngle 0 /Ascent %d /Descent %d /CapHeight 728 /StemV 80 /FontFile2 %d 0 R >>"
                .formatted(
                    name, thousandths(TrueType.ASCENT), thousandths(TrueType.DESCENT), file));
    String widths =
        font.glyphs().keySet().stream()
            .map(codePoint -> Outlines.number(1000 * font.advance(codePoint)))
            .collect(Collectors.joining(" "));
    int descendant =
        object(
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor %d 0 R /W [1 [%s]] /CIDToGIDMap /Identity >>"
                .formatted(name, descriptor, widths));
    int characters = stream("", characters(font).getBytes(StandardCharsets.US_ASCII));
    return object(
        "<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>"
            .formatted(name, descendant, characters));
  }

  private static long thousandths(int units) {
    return Math.round(1000.0 * units / TrueType.UNITS);
  }

  /** Which character each glyph stands for, so that text can be searched and copied. */
  private static String characters(OutlineFont font) {
    var map = new StringBuilder();
    map.append("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n");
    map.append("/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n");
    map.append("/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n");
    map.append("1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
    font.glyphs()
        .forEach(
            (codePoint, glyph) ->
                map.append(
                    "1 beginbfchar\n<%04X> <%s>\nendbfchar\n"
                        .formatted(glyph, utf16(Character.toString(Legible.of(codePoint))))));
    return map.append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
        .toString();
  }

  private static String utf16(String text) {
    return HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.UTF_16BE));
  }

  private int picture(BufferedImage picture) {
    String size = "/Width %d /Height %d".formatted(picture.getWidth(), picture.getHeight());
    String kind = "/Type /XObject /Subtype /Image /BitsPerComponent 8 " + size;
    byte[] alpha = channel(picture, argb -> argb >>> 24, 1);
    int mask = stream(kind + " /ColorSpace /DeviceGray", alpha);
    byte[] colours = channel(picture, argb -> argb, 3);
    return stream(kind + " /ColorSpace /DeviceRGB /SMask %d 0 R".formatted(mask), colours);
  }

  /** So many of the lowest bytes of each pixel, the highest first. */
  private static byte[] channel(BufferedImage picture, IntUnaryOperator value, int count) {
    int width = picture.getWidth();
    int[] pixels = picture.getRGB(0, 0, width, picture.getHeight(), null, 0, width);
    byte[] bytes = new byte[count * pixels.length];
    int at = 0;
    for (int pixel : pixels) {
      for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
        bytes[at++] = (byte) (value.applyAsInt(pixel) >> shift);
      }
    }
    return bytes;
  }

  private int stream(String entries, byte[] content) {
    byte[] deflated = deflated(content);
    begin();
    write("<< %s /Filter /FlateDecode /Length %d >>\nstream\n".formatted(entries, deflated.length));
    out.writeBytes(deflated);
    write("\nendstream\nendobj\n");
    return places.size();
  }

  private int object(String content) {
    begin();
    write(content + "\nendobj\n");
    return places.size();
  }

  private void begin() {
    places.add(out.size());
    write(places.size() + " 0 obj\n");
  }

  private void write(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static byte[] deflated(byte[] content) {
    var bytes = new ByteArrayOutputStream();
    var deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try (var out = new DeflaterOutputStream(bytes, deflater)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }
}
