package dev.unmask.app.export;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** An APNG that is written frame by frame; each holds only what changed, and repeats for ever. */
final class AnimatedPng {
  private final OutputStream out;
  private BufferedImage shown;
  private int sequence;

  /**
   * Writes what stands before the first frame.
   *
   * @param frames how many will follow
   */
  AnimatedPng(OutputStream out, int width, int height, int frames) throws IOException {
    this.out = out;
    out.write(Png.header(width, height));
    out.write(Png.chunk("acTL", ByteBuffer.allocate(8).putInt(frames).putInt(0).array()));
  }

  /**
   * Writes a frame.
   *
   * @param milliseconds how long it is shown, below 65,536
   */
  void add(BufferedImage picture, int milliseconds) throws IOException {
    Rectangle part = shown == null ? all(picture) : changed(shown, picture);
    out.write(Png.chunk("fcTL", control(part, milliseconds)));
    byte[] pixels = Png.pixels(picture, part);
    if (shown == null) {
      out.write(Png.chunk("IDAT", pixels));
    } else {
      byte[] data = ByteBuffer.allocate(4 + pixels.length).putInt(sequence++).put(pixels).array();
      out.write(Png.chunk("fdAT", data));
    }
    shown = picture;
  }

  /** Writes what stands after the last frame. */
  void finish() throws IOException {
    out.write(Png.end());
  }

  private byte[] control(Rectangle part, int milliseconds) {
    return ByteBuffer.allocate(26)
        .putInt(sequence++)
        .putInt(part.width)
        .putInt(part.height)
        .putInt(part.x)
        .putInt(part.y)
        .putShort((short) milliseconds)
        .putShort((short) 1000)
        .array();
  }

  private static Rectangle all(BufferedImage picture) {
    return new Rectangle(picture.getWidth(), picture.getHeight());
  }

  /** The least rectangle around all that differs; one pixel where nothing does. */
  private static Rectangle changed(BufferedImage before, BufferedImage after) {
    int width = after.getWidth();
    int left = width;
    int right = -1;
    int top = -1;
    int bottom = -1;
    int[] old = new int[width];
    int[] now = new int[width];
    for (int y = 0; y < after.getHeight(); y++) {
      before.getRGB(0, y, width, 1, old, 0, width);
      after.getRGB(0, y, width, 1, now, 0, width);
      for (int x = 0; x < width; x++) {
        if (old[x] != now[x]) {
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = top < 0 ? y : top;
          bottom = y;
        }
      }
    }
    return right < 0
        ? new Rectangle(1, 1)
        : new Rectangle(left, top, right - left + 1, bottom - top + 1);
  }
}
