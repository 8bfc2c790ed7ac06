package dev.unmask.app.images;

import dev.unmask.app.theme.Theme;
import dev.unmask.engine.trace.BatchShape;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** Values of an image as pixels with hard edges. */
final class Raster {
  private Raster() {}

  /** As it looks: −1 is black and 1 is white, and what is beyond is cut off. */
  static BufferedImage picture(float[] values, BatchShape shape, int image) {
    return each(shape, (x, y) -> pixel(values, shape, image, x, y));
  }

  private static int pixel(float[] values, BatchShape shape, int image, int x, int y) {
    int red = level(value(values, shape, image, 0, x, y));
    if (shape.channels() < 3) {
      return red << 16 | red << 8 | red;
    }
    int green = level(value(values, shape, image, 1, x, y));
    int blue = level(value(values, shape, image, 2, x, y));
    return red << 16 | green << 8 | blue;
  }

  /** Signed values, mean over the channels: orange above 0, blue below, the panel's colour at 0. */
  static BufferedImage signed(float[] values, BatchShape shape, int image, Theme theme) {
    double most = most(values, shape, image);
    return each(
        shape,
        (x, y) -> {
          double mean = mean(values, shape, image, x, y);
          double share = most == 0 ? 0 : Math.min(1, Math.abs(mean) / most);
          Color hue = mean > 0 ? Theme.ORANGE : Theme.SKY_BLUE;
          return mix(hue, theme.panel(), share);
        });
  }

  /** The greatest absolute value of {@link #signed}'s scale. */
  static double most(float[] values, BatchShape shape, int image) {
    double most = 0;
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++) {
        most = Math.max(most, Math.abs(mean(values, shape, image, x, y)));
      }
    }
    return most;
  }

  /** Draws it as large as fits in a square, every pixel with the same edges. */
  static void draw(Graphics2D g, BufferedImage picture, Rectangle2D place) {
    Object before = g.getRenderingHint(RenderingHints.KEY_INTERPOLATION);
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    double scale =
        Math.min(place.getWidth() / picture.getWidth(), place.getHeight() / picture.getHeight());
    int width = (int) Math.round(picture.getWidth() * scale);
    int height = (int) Math.round(picture.getHeight() * scale);
    g.drawImage(picture, (int) place.getX(), (int) place.getY(), width, height, null);
    if (before != null) {
      g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, before);
    }
  }

  @FunctionalInterface
  private interface Shade {
    int at(int x, int y);
  }

  private static BufferedImage each(BatchShape shape, Shade shade) {
    var picture = new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++) {
        picture.setRGB(x, y, shade.at(x, y));
      }
    }
    return picture;
  }

  private static double mean(float[] values, BatchShape shape, int image, int x, int y) {
    double sum = 0;
    for (int channel = 0; channel < shape.channels(); channel++) {
      sum += value(values, shape, image, channel, x, y);
    }
    return sum / shape.channels();
  }

  private static float value(
      float[] values, BatchShape shape, int image, int channel, int x, int y) {
    int line = (image * shape.channels() + channel) * shape.height() + y;
    return values[line * shape.width() + x];
  }

  private static int level(float value) {
    return Math.round(Math.clamp((value + 1) / 2, 0f, 1f) * 255);
  }

  private static int mix(Color hue, Color ground, double share) {
    int red = (int) Math.round(ground.getRed() + share * (hue.getRed() - ground.getRed()));
    int green = (int) Math.round(ground.getGreen() + share * (hue.getGreen() - ground.getGreen()));
    int blue = (int) Math.round(ground.getBlue() + share * (hue.getBlue() - ground.getBlue()));
    return red << 16 | green << 8 | blue;
  }
}
