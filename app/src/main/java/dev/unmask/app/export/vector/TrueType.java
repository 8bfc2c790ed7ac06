package dev.unmask.app.export.vector;

import dev.unmask.app.theme.Typeface;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A <a href="https://learn.microsoft.com/en-us/typography/opentype/spec/otff">TrueType</a> file
 * made of outlines. Glyph 0 is empty, the others follow in order.
 *
 * @param codes the number of the glyph of each character
 */
record TrueType(String name, List<Typeface.Glyph> glyphs, Map<Integer, Integer> codes) {
  /** Units to an em. */
  static final int UNITS = 2048;

  /** Above and below the base line, for lines of text. */
  static final int ASCENT = 2000;

  static final int DESCENT = -500;

  private static final int CHECKSUM = 0xB1B0AFBA;

  /** Writes a table. */
  @FunctionalInterface
  private interface Content {
    void write(DataOutputStream out) throws IOException;
  }

  /** The whole file. */
  byte[] bytes() {
    List<byte[]> outlines = glyphs.stream().map(TrueType::outline).toList();
    SortedMap<String, byte[]> tables = new TreeMap<>();
    tables.put("OS/2", table(this::metrics));
    tables.put("cmap", table(this::characters));
    tables.put("glyf", table(out -> all(outlines, out)));
    tables.put("head", table(TrueType::head));
    tables.put("hhea", table(this::horizontalHeader));
    tables.put("hmtx", table(this::advances));
    tables.put("loca", table(out -> places(outlines, out)));
    tables.put("maxp", table(out -> limits(outlines, out)));
    tables.put("name", table(this::names));
    tables.put("post", table(TrueType::post));
    return file(tables);
  }

  private static byte[] file(SortedMap<String, byte[]> tables) {
    int place = 12 + 16 * tables.size();
    int size = place + tables.values().stream().mapToInt(table -> table.length + 3 & ~3).sum();
    int head = 0;
    var file = ByteBuffer.allocate(size).putInt(0x00010000).putShort((short) tables.size());
    int power = Integer.highestOneBit(tables.size());
    file.putShort((short) (16 * power))
        .putShort((short) Integer.numberOfTrailingZeros(power))
        .putShort((short) (16 * (tables.size() - power)));
    for (var table : tables.entrySet()) {
      byte[] content = table.getValue();
      file.put(table.getKey().getBytes(StandardCharsets.US_ASCII));
      file.putInt(sum(content)).putInt(place).putInt(content.length).put(place, content);
      head = table.getKey().equals("head") ? place : head;
      place += content.length + 3 & ~3;
    }
    return file.putInt(head + 8, CHECKSUM - sum(file.array())).array();
  }

  private static int sum(byte[] content) {
    var padded = ByteBuffer.allocate(content.length + 3 & ~3).put(0, content);
    int sum = 0;
    while (padded.hasRemaining()) {
      sum += padded.getInt();
    }
    return sum;
  }

  private static byte[] table(Content content) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      content.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] outline(Typeface.Glyph glyph) {
    List<List<Quadratics.Point>> contours = Quadratics.of(glyph.shape(), UNITS);
    return contours.isEmpty() ? new byte[0] : table(out -> outline(contours, out));
  }

  private static void outline(List<List<Quadratics.Point>> contours, DataOutputStream out)
      throws IOException {
    List<Quadratics.Point> points = contours.stream().flatMap(List::stream).toList();
    var across = points.stream().mapToInt(Quadratics.Point::x).summaryStatistics();
    var upwards = points.stream().mapToInt(Quadratics.Point::y).summaryStatistics();
    shorts(out, contours.size(), across.getMin(), upwards.getMin());
    shorts(out, across.getMax(), upwards.getMax());
    int end = -1;
    for (List<Quadratics.Point> contour : contours) {
      end += contour.size();
      out.writeShort(end);
    }
    out.writeShort(0);
    for (Quadratics.Point point : points) {
      out.writeByte(point.on() ? 1 : 0);
    }
    int last = 0;
    for (Quadratics.Point point : points) {
      out.writeShort(point.x() - last);
      last = point.x();
    }
    last = 0;
    for (Quadratics.Point point : points) {
      out.writeShort(point.y() - last);
      last = point.y();
    }
    if (out.size() % 2 == 1) {
      out.writeByte(0);
    }
  }

  private static void all(List<byte[]> outlines, DataOutputStream out) throws IOException {
    for (byte[] outline : outlines) {
      out.write(outline);
    }
    // A table may not be empty.
    out.writeShort(0);
  }

  private static void places(List<byte[]> outlines, DataOutputStream out) throws IOException {
    out.writeInt(0);
    int place = 0;
    out.writeInt(place);
    for (byte[] outline : outlines) {
      place += outline.length;
      out.writeInt(place);
    }
  }

  private void limits(List<byte[]> outlines, DataOutputStream out) throws IOException {
    int contours = 0;
    int points = 0;
    for (byte[] outline : outlines) {
      if (outline.length > 0) {
        var glyph = ByteBuffer.wrap(outline);
        int count = glyph.getShort(0);
        contours = Math.max(contours, count);
        points = Math.max(points, 1 + glyph.getShort(10 + 2 * (count - 1)));
      }
    }
    out.writeInt(0x00010000);
    shorts(out, glyphs.size() + 1, points, contours, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  private static void head(DataOutputStream out) throws IOException {
    out.writeInt(0x00010000);
    out.writeInt(0x00010000);
    out.writeInt(0);
    out.writeInt(0x5F0F3CF5);
    shorts(out, 0b11, UNITS);
    out.writeLong(0);
    out.writeLong(0);
    shorts(out, -UNITS, -UNITS, 2 * UNITS, 2 * UNITS, 0, 8, 2, 1, 0);
  }

  private void horizontalHeader(DataOutputStream out) throws IOException {
    out.writeInt(0x00010000);
    shorts(out, ASCENT, DESCENT, 0, widest(), 0, 0, widest(), 1, 0, 0, 0, 0, 0, 0, 0);
    out.writeShort(glyphs.size() + 1);
  }

  private void advances(DataOutputStream out) throws IOException {
    out.writeInt(UNITS / 2 << Short.SIZE);
    for (Typeface.Glyph glyph : glyphs) {
      var contours = Quadratics.of(glyph.shape(), UNITS);
      int left = contours.stream().flatMap(List::stream).mapToInt(p -> p.x()).min().orElse(0);
      shorts(out, advance(glyph), left);
    }
  }

  private int widest() {
    return glyphs.stream().mapToInt(TrueType::advance).max().orElse(0);
  }

  private static int advance(Typeface.Glyph glyph) {
    return (int) Math.round(glyph.advance() * UNITS);
  }

  /** Format 12: characters beyond the first 65,536 too. */
  private void characters(DataOutputStream out) throws IOException {
    shorts(out, 0, 1, 3, 10);
    out.writeInt(12);
    shorts(out, 12, 0);
    out.writeInt(16 + 12 * codes.size());
    out.writeInt(0);
    out.writeInt(codes.size());
    for (var code : new TreeMap<>(codes).entrySet()) {
      out.writeInt(code.getKey());
      out.writeInt(code.getKey());
      out.writeInt(code.getValue());
    }
  }

  private void metrics(DataOutputStream out) throws IOException {
    int first = codes.keySet().stream().mapToInt(c -> Math.min(c, 0xFFFF)).min().orElse(0);
    int last = codes.keySet().stream().mapToInt(c -> Math.min(c, 0xFFFF)).max().orElse(0);
    shorts(out, 4, UNITS / 2, 400, 5, 0);
    shorts(out, 1331, 1433, 0, 287, 1331, 1433, 0, 983, 102, 530, 0);
    out.write(new byte[10]);
    out.write(new byte[16]);
    out.write("UNMK".getBytes(StandardCharsets.US_ASCII));
    shorts(out, 0x40, first, last, ASCENT, DESCENT, 0, ASCENT, -DESCENT);
    out.write(new byte[8]);
    shorts(out, 1100, 1490, 0, ' ', 1);
  }

  private void names(DataOutputStream out) throws IOException {
    byte[] text = name.getBytes(StandardCharsets.UTF_16BE);
    int[] kinds = {1, 2, 3, 4, 6};
    shorts(out, 0, kinds.length, 6 + 12 * kinds.length);
    for (int kind : kinds) {
      shorts(out, 3, 1, 0x409, kind, text.length, 0);
    }
    out.write(text);
  }

  private static void post(DataOutputStream out) throws IOException {
    out.writeInt(0x00030000);
    out.write(new byte[28]);
  }

  private static void shorts(DataOutputStream out, int... values) throws IOException {
    for (int value : values) {
      out.writeShort(value);
    }
  }
}
