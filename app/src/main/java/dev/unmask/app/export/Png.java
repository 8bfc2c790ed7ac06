package dev.unmask.app.export;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * The chunks of <a href="https://www.w3.org/TR/png-3/">PNG</a>, still and animated, for opaque
 * pictures of eight bits a channel. The fastest compression, because painting should be what takes
 * time.
 */
final class Png {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int BUFFER = 1 << 16;

  private Png() {}

  /** A whole file with one picture. */
  static byte[] still(BufferedImage picture) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(header(picture.getWidth(), picture.getHeight()));
    var all = new Rectangle(picture.getWidth(), picture.getHeight());
    out.writeBytes(chunk("IDAT", pixels(picture, all)));
    out.writeBytes(end());
    return out.toByteArray();
  }

  /** What a file begins with. */
  static byte[] header(int width, int height) {
    byte[] chunk =
        chunk(
            "IHDR",
            ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array());
    return ByteBuffer.allocate(SIGNATURE.length + chunk.length).put(SIGNATURE).put(chunk).array();
  }

  /** What a file ends with. */
  static byte[] end() {
    return chunk("IEND", new byte[0]);
  }

  /** A chunk with its length and checksum. */
  static byte[] chunk(String type, byte[] content) {
    var checksum = new CRC32();
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    checksum.update(name);
    checksum.update(content);
    return ByteBuffer.allocate(content.length + 12)
        .putInt(content.length)
        .put(name)
        .put(content)
        .putInt((int) checksum.getValue())
        .array();
  }

  /** A part of a picture, compressed. */
  static byte[] pixels(BufferedImage picture, Rectangle part) {
    byte[] rows = new byte[part.height * (1 + 3 * part.width)];
    int[] line = new int[part.width];
    int at = 0;
    for (int y = 0; y < part.height; y++) {
      picture.getRGB(part.x, part.y + y, part.width, 1, line, 0, part.width);
      at++;
      for (int colour : line) {
        rows[at++] = (byte) (colour >> 16);
        rows[at++] = (byte) (colour >> 8);
        rows[at++] = (byte) colour;
      }
    }
    return deflated(rows);
  }

  private static byte[] deflated(byte[] data) {
    try (var deflater = new Deflater(Deflater.BEST_SPEED)) {
      deflater.setInput(data);
      deflater.finish();
      var out = new ByteArrayOutputStream();
      byte[] buffer = new byte[BUFFER];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    }
  }
}
