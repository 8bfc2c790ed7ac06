package dev.unmask.engine.training;

import dev.unmask.engine.InputException;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * Grey images and what each shows.
 *
 * @param pixels image after image, line after line, a byte from 0 (black) to 255 each
 * @param labels a class from 0 each
 */
public record LabelledImages(int height, int width, byte[] pixels, byte[] labels) {
  private static final int IMAGES = 0x803;
  private static final int LABELS = 0x801;

  /** More than any data set of this kind has, so that a wrong header asks for no such memory. */
  private static final int MOST = 1_000_000;

  private static final int LARGEST = 1024;

  /**
   * Reads MNIST's format (http://yann.lecun.com/exdb/mnist/), packed with gzip or plain.
   *
   * @throws InputException if one of the files is none, or they do not belong together
   */
  public static LabelledImages read(Path images, Path labels) {
    byte[] classes = labels(labels);
    try (DataInputStream in = open(images)) {
      boolean format = in.readInt() == IMAGES;
      int count = format ? in.readInt() : 0;
      int height = format ? in.readInt() : 0;
      int width = format ? in.readInt() : 0;
      if (out(count, MOST) || out(height, LARGEST) || out(width, LARGEST)) {
        throw wrong(images, "is no file of images in MNIST's format");
      }
      if (count != classes.length) {
        throw wrong(
            images, "has %d images, but %s %d labels".formatted(count, labels, classes.length));
      }
      byte[] pixels = new byte[Math.multiplyExact(count, height * width)];
      in.readFully(pixels);
      return new LabelledImages(height, width, pixels, classes);
    } catch (EOFException e) {
      throw wrong(images, "ends too early");
    } catch (ArithmeticException e) {
      throw wrong(images, "is too large");
    } catch (IOException e) {
      throw wrong(images, "cannot be read (" + e.getMessage() + ")");
    }
  }

  private static byte[] labels(Path file) {
    try (DataInputStream in = open(file)) {
      int magic = in.readInt();
      int count = in.readInt();
      if (magic != LABELS || out(count, MOST)) {
        throw wrong(file, "is no file of labels in MNIST's format");
      }
      byte[] labels = new byte[count];
      in.readFully(labels);
      return labels;
    } catch (EOFException e) {
      throw wrong(file, "ends too early");
    } catch (IOException e) {
      throw wrong(file, "cannot be read (" + e.getMessage() + ")");
    }
  }

  private static boolean out(int number, int most) {
    return number < 1 || number > most;
  }

  private static DataInputStream open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    return new DataInputStream(file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in);
  }

  private static InputException wrong(Path file, String what) {
    return new InputException("%s %s; give another file.".formatted(file, what));
  }

  /** Number of images. */
  public int count() {
    return labels.length;
  }

  /** One more than the greatest label. */
  public int classes() {
    int most = 0;
    for (byte label : labels) {
      most = Math.max(most, label);
    }
    return most + 1;
  }

  /** The labels of the first images. */
  public int[] labels(int images) {
    return IntStream.range(0, images).map(i -> labels[i]).toArray();
  }

  /** The pixels of the first images, −1 (black) to 1 (white). */
  public float[] first(int images) {
    int size = height * width;
    float[] first = new float[images * size];
    for (int i = 0; i < images; i++) {
      copy(i, first, i * size);
    }
    return first;
  }

  /** Writes an image's pixels, −1 (black) to 1 (white). */
  public void copy(int image, float[] into, int at) {
    int size = height * width;
    for (int i = 0; i < size; i++) {
      into[at + i] = (pixels[image * size + i] & 0xFF) / 127.5f - 1;
    }
  }
}
