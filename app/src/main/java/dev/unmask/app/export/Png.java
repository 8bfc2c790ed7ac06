package dev.unmask.app.export;

import java.awt.Rectangle;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * The chunks of <a href="https://www.w3.org/TR/png-3/">PNG</a>, still and animated, of eight bits a
 * channel. The fastest compression, because painting should be what takes time.
 */
final class Png {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte RGB = 2;
  private static final byte RGBA = 6;
  private static final int BUFFER = 1 << 16;

  private Png() {}

  /** A whole file with one picture. */
  static byte[] still(Picture picture) {
    return part(picture, picture.all());
  }

  /** A whole file with a part of a picture. */
  static byte[] part(Picture picture, Rectangle part) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(header(part.width, part.height, picture.opaque()));
    out.writeBytes(chunk("IDAT", compressed(picture, part)));
    out.writeBytes(end());
    return out.toByteArray();
  }

  /** What a file begins with. */
  static byte[] header(int width, int height, boolean opaque) {
    var content = ByteBuffer.allocate(13).putInt(width).putInt(height);
    content.put(new byte[] {8, opaque ? RGB : RGBA, 0, 0, 0});
    byte[] chunk = chunk("IHDR", content.array());
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

  /** The data of a part of a picture. */
  static byte[] compressed(Picture picture, Rectangle part) {
    int channels = picture.opaque() ? 3 : 4;
    byte[] rows = new byte[part.height * (1 + channels * part.width)];
    int at = 0;
    for (int y = part.y; y < part.y + part.height; y++) {
      at++;
      int from = y * picture.width() + part.x;
      for (int i = from; i < from + part.width; i++) {
        int colour = picture.colours()[i];
        rows[at++] = (byte) (colour >> 16);
        rows[at++] = (byte) (colour >> 8);
        rows[at++] = (byte) colour;
        if (channels == 4) {
          rows[at++] = (byte) (colour >>> 24);
        }
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
