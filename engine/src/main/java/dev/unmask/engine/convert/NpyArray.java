package dev.unmask.engine.convert;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * An array in <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">
 * NumPy's format</a>: nothing is taken from its header that its size does not bear out.
 *
 * @param kind b, i, u or f as in NumPy's type strings
 * @param bytes of an element
 */
record NpyArray(char kind, int bytes, ByteOrder order, boolean fortran, int[] shape) {
  /** What such files begin with. */
  static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** How many elements are read of a file, at most: more are no trace. */
  static final long MOST = 1 << 25;

  /** Of an array's rows, each of which is kept by itself. */
  private static final long MOST_ROWS = 1 << 20;

  private static final int LONGEST_HEADER = 1 << 16;
  private static final Pattern TYPE = Pattern.compile("'descr':\\s*'([<>=|])([a-zA-Z])(\\d*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([\\d,\\s]*)\\)");
  private static final Pattern NUMBERS = Pattern.compile("b1|[iu][1248]|f[248]");

  /**
   * Reads one.
   *
   * @param name of the array, for sentences
   * @param size bytes that it is said to have
   */
  static Item read(ForeignFile file, String name, InputStream in, long size) throws IOException {
    byte[] start = in.readNBytes(MAGIC.length + 2);
    if (start.length < MAGIC.length + 2 || !Arrays.equals(start, 0, 6, MAGIC, 0, 6)) {
      throw file.bad("\"%s\" in it is no NumPy array".formatted(name));
    }
    int lengthBytes = start[6] == 1 ? Short.BYTES : Integer.BYTES;
    byte[] length = Arrays.copyOf(in.readNBytes(lengthBytes), Integer.BYTES);
    long headerSize =
        Integer.toUnsignedLong(ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt());
    long begin = start.length + lengthBytes + headerSize;
    if (headerSize > LONGEST_HEADER || begin > size) {
      throw file.bad("the header of \"%s\" in it is cut short".formatted(name));
    }
    String header =
        new String(in.readNBytes((int) headerSize), StandardCharsets.UTF_8).replace('"', '\'');
    NpyArray array = of(file, name, header);
    long elements = array.elements(file, name);
    if (elements * array.bytes != size - begin) {
      throw file.bad(
          "\"%s\" in it is declared to take %d bytes and has %d"
              .formatted(name, elements * array.bytes, size - begin));
    }
    byte[] data = in.readNBytes((int) (size - begin));
    if (data.length != size - begin) {
      throw file.bad("\"%s\" in it is cut short".formatted(name));
    }
    return array.decode(ByteBuffer.wrap(data).order(array.order));
  }

  private static NpyArray of(ForeignFile file, String name, String header) {
    Matcher type = TYPE.matcher(header);
    Matcher order = ORDER.matcher(header);
    Matcher shape = SHAPE.matcher(header);
    if (!order.find() || !shape.find()) {
      throw file.bad("the header of \"%s\" in it is not NumPy's".formatted(name));
    }
    if (!type.find()) {
      throw file.bad("\"%s\" in it is an array of records and not of numbers".formatted(name));
    }
    if (type.group(2).equals("O")) {
      throw file.pickle();
    }
    if (!NUMBERS.matcher(type.group(2) + type.group(3)).matches()) {
      throw file.bad(
          "\"%s\" in it has the element type %s and not numbers"
              .formatted(name, type.group(2) + type.group(3)));
    }
    return new NpyArray(
        type.group(2).charAt(0),
        Integer.parseInt(type.group(3)),
        type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
        order.group(1).equals("True"),
        shape(file, name, shape.group(1)));
  }

  private static int[] shape(ForeignFile file, String name, String text) {
    List<Integer> sizes = new ArrayList<>();
    for (String size : text.split(",")) {
      if (!size.isBlank()) {
        if (!size.strip().matches("\\d{1,9}")) {
          throw file.bad("\"%s\" in it has the shape (%s)".formatted(name, text.strip()));
        }
        sizes.add(Integer.parseInt(size.strip()));
      }
    }
    return sizes.stream().mapToInt(Integer::intValue).toArray();
  }

  private long elements(ForeignFile file, String name) {
    // Bounded as it grows, for a product of sizes below 10⁹ may overflow.
    long product = 1;
    long rows = 1;
    for (int size : shape) {
      rows = product;
      product *= size;
      if (product == 0 || product > MOST || rows > MOST_ROWS || shape.length > 4) {
        throw file.bad(
            "\"%s\" in it has the shape %s, which no trace has"
                .formatted(name, Arrays.toString(shape)));
      }
    }
    return product;
  }

  private Item decode(ByteBuffer data) {
    long[] strides = new long[shape.length];
    long stride = bytes;
    for (int i = 0; i < shape.length; i++) {
      int dimension = fortran ? i : shape.length - 1 - i;
      strides[dimension] = stride;
      stride *= shape[dimension];
    }
    return decode(data, strides, 0, 0);
  }

  private Item decode(ByteBuffer data, long[] strides, int dimension, long at) {
    if (dimension == shape.length) {
      return new Item.Single(number(data, (int) at));
    }
    LongStream places = LongStream.range(0, shape[dimension]).map(i -> at + i * strides[dimension]);
    if (dimension == shape.length - 1) {
      return new Item.Numbers(places.mapToDouble(place -> number(data, (int) place)).toArray());
    }
    return new Item.Items(
        places.mapToObj(place -> decode(data, strides, dimension + 1, place)).toList());
  }

  private double number(ByteBuffer data, int at) {
    return switch (bytes) {
      case 1 -> kind == 'i' ? data.get(at) : Byte.toUnsignedInt(data.get(at));
      case 2 -> {
        short bits = data.getShort(at);
        yield kind == 'f'
            ? Float.float16ToFloat(bits)
            : kind == 'i' ? bits : Short.toUnsignedInt(bits);
      }
      case 4 ->
          kind == 'f'
              ? data.getFloat(at)
              : kind == 'i' ? data.getInt(at) : Integer.toUnsignedLong(data.getInt(at));
      default -> kind == 'f' ? data.getDouble(at) : data.getLong(at);
    };
  }
}
