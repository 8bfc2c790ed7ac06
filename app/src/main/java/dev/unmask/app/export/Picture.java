package dev.unmask.app.export;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/**
 * A painted picture.
 *
 * @param colours alpha, red, green and blue from the highest byte to the lowest, row by row; alpha
 *     is meaningless where the picture is opaque
 */
record Picture(int width, int height, int[] colours, boolean opaque) {
  /** Those of an RGB or ARGB picture, which it shares. */
  static Picture of(BufferedImage picture) {
    int[] colours = ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
    boolean opaque = picture.getType() == BufferedImage.TYPE_INT_RGB;
    return new Picture(picture.getWidth(), picture.getHeight(), colours, opaque);
  }

  /** Everything. */
  Rectangle all() {
    return new Rectangle(width, height);
  }

  /** The least rectangle around all that differs; one pixel where nothing does. */
  Rectangle changed(Picture before) {
    int left = width;
    int right = -1;
    int top = -1;
    int bottom = -1;
    for (int y = 0; y < height; y++) {
      int row = y * width;
      for (int x = 0; x < width; x++) {
        if (before.colours[row + x] != colours[row + x]) {
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

  /** This picture with so much of another in it, of 256. */
  Picture mixed(Picture other, int share) {
    int[] mixed = new int[colours.length];
    for (int i = 0; i < mixed.length; i++) {
      int a = opaque ? colours[i] : tinted(colours[i], other.colours[i]);
      int b = opaque ? other.colours[i] : tinted(other.colours[i], colours[i]);
      // Two channels at a time, with eight bits of room above each.
      int even = (a & 0xFF00FF) * (256 - share) + (b & 0xFF00FF) * share >>> 8 & 0xFF00FF;
      int odd = (a >>> 8 & 0xFF00FF) * (256 - share) + (b >>> 8 & 0xFF00FF) * share & 0xFF00FF00;
      mixed[i] = a == b ? a : odd | even;
    }
    return new Picture(width, height, mixed, opaque);
  }

  /** What is not there takes the other's colour, so that it does not darken it. */
  private static int tinted(int colour, int other) {
    return colour >>> 24 == 0 ? other & 0xFFFFFF : colour;
  }
}
