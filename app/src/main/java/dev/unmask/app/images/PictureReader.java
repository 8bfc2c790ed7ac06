package dev.unmask.app.images;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.ImageShape;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Picture files as the values of a model's images. */
public final class PictureReader {
  /** Pixels on a side: more would not fit the memory. */
  private static final int LARGEST = 8_192;

  /** Of which two copies are made. */
  private static final long MOST_PIXELS = 1 << 25;

  private static final Set<String> KINDS = Set.of("png", "jpeg", "gif", "bmp");

  private PictureReader() {}

  /**
   * The middle of a picture, as much of it as has the shape's proportions; what is transparent is
   * white. Each value is the mean over the part of the picture that its pixel covers.
   *
   * @return [C × H × W], from −1 (black) to 1 (white)
   * @throws InputException if the file is no picture
   */
  public static float[] read(Path file, ImageShape shape) {
    BufferedImage picture = picture(file);
    double scale =
        Math.min(
            (double) picture.getWidth() / shape.width(),
            (double) picture.getHeight() / shape.height());
    double left = (picture.getWidth() - scale * shape.width()) / 2;
    double top = (picture.getHeight() - scale * shape.height()) / 2;
    float[] values = new float[shape.values()];
    int channel = shape.height() * shape.width();
    for (int i = 0; i < channel; i++) {
      int[] sums =
          sums(
              picture,
              span(left + i % shape.width() * scale, scale, picture.getWidth()),
              span(top + i / shape.width() * scale, scale, picture.getHeight()));
      for (int c = 0; c < shape.channels(); c++) {
        double level = shape.channels() < 3 ? grey(sums) : sums[c];
        values[c * channel + i] = (float) (level / sums[3] / 127.5 - 1);
      }
    }
    return values;
  }

  private static BufferedImage picture(Path file) {
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      if (in == null) {
        throw wrong(file, "is not there or cannot be read");
      }
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw wrong(file, "is no picture of a known kind");
      }
      ImageReader reader = readers.next();
      try {
        return picture(file, reader, in);
      } finally {
        reader.dispose();
      }
    } catch (IOException e) {
      throw wrong(file, "cannot be read (%s)".formatted(e.getMessage()));
    }
  }

  /** A damaged picture makes the decoders throw whatever they trip over. */
  private static BufferedImage picture(Path file, ImageReader reader, ImageInputStream in)
      throws IOException {
    try {
      if (!KINDS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
        throw wrong(file, "is a picture of the kind " + reader.getFormatName());
      }
      reader.setInput(in, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      if (width > LARGEST || height > LARGEST || (long) width * height > MOST_PIXELS) {
        throw wrong(file, "has %d by %d pixels, more than fit the memory".formatted(width, height));
      }
      return opaque(reader.read(0));
    } catch (InputException e) {
      throw e;
    } catch (RuntimeException e) {
      throw wrong(file, "is damaged (%s)".formatted(e));
    }
  }

  private static InputException wrong(Path file, String what) {
    return new InputException("%s %s; give a PNG, JPEG, GIF or BMP.".formatted(file, what));
  }

  private static BufferedImage opaque(BufferedImage picture) {
    var opaque =
        new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = opaque.createGraphics();
    graphics.drawImage(picture, 0, 0, Color.WHITE, null);
    graphics.dispose();
    return opaque;
  }

  /** The first pixel from a place on, and the one behind the last; at least one. */
  private static int[] span(double from, double length, int size) {
    int first = Math.clamp((int) Math.round(from), 0, size - 1);
    int end = Math.clamp((int) Math.round(from + length), first + 1, size);
    return new int[] {first, end};
  }

  /** Of red, green and blue, and the number of pixels. */
  private static int[] sums(BufferedImage picture, int[] columns, int[] lines) {
    int[] sums = new int[4];
    for (int y = lines[0]; y < lines[1]; y++) {
      for (int x = columns[0]; x < columns[1]; x++) {
        int colour = picture.getRGB(x, y);
        sums[0] += colour >> 16 & 0xFF;
        sums[1] += colour >> 8 & 0xFF;
        sums[2] += colour & 0xFF;
        sums[3]++;
      }
    }
    return sums;
  }

  /** The luma of Rec. 601. */
  private static double grey(int[] sums) {
    return 0.299 * sums[0] + 0.587 * sums[1] + 0.114 * sums[2];
  }
}
