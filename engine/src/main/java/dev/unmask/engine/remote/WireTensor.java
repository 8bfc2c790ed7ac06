package dev.unmask.engine.remote;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A named array as it goes over the wire.
 *
 * @param data little-endian, row major
 */
record WireTensor(String name, WireType type, long[] shape, ByteBuffer data) {
  static WireTensor of(String name, int[] values, long... shape) {
    ByteBuffer data = room(WireType.INT64, values.length);
    for (int value : values) {
      data.putLong(value);
    }
    return new WireTensor(name, WireType.INT64, shape, data.flip());
  }

  static WireTensor of(String name, double value) {
    ByteBuffer data = room(WireType.FP64, 1).putDouble(value).flip();
    return new WireTensor(name, WireType.FP64, new long[] {1}, data);
  }

  /**
   * Rows of one width.
   *
   * @param shape whose product is that of the rows
   */
  static WireTensor of(String name, float[][] rows, long... shape) {
    int width = rows.length == 0 ? 0 : rows[0].length;
    ByteBuffer data = room(WireType.FP32, Math.multiplyExact(rows.length, width));
    for (float[] row : rows) {
      data.asFloatBuffer().put(row);
      data.position(data.position() + Float.BYTES * width);
    }
    return new WireTensor(name, WireType.FP32, shape, data.flip());
  }

  static ByteBuffer room(WireType type, int elements) {
    return ByteBuffer.allocate(Math.multiplyExact(elements, type.bytes()))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  int elements() {
    return data.limit() / type.bytes();
  }

  /** Its elements as whole numbers. */
  int[] ints() {
    int[] values = new int[elements()];
    for (int i = 0; i < values.length; i++) {
      double value = type.get(data, i * type.bytes());
      values[i] = (int) value;
      if (values[i] != value) {
        throw new WireException("its %s holds %s".formatted(name, value));
      }
    }
    return values;
  }

  /** {@code count} of its elements. */
  float[] floats(int first, int count) {
    float[] values = new float[count];
    if (type == WireType.FP32) {
      data.slice(first * Float.BYTES, count * Float.BYTES)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(values);
      return values;
    }
    for (int i = 0; i < count; i++) {
      values[i] = (float) type.get(data, (first + i) * type.bytes());
    }
    return values;
  }

  /** The same, if it has that shape. */
  WireTensor shaped(long... wanted) {
    if (!Arrays.equals(shape, wanted)) {
      throw new WireException(
          "its %s has the shape %s where %s was asked for"
              .formatted(name, Arrays.toString(shape), Arrays.toString(wanted)));
    }
    return this;
  }
}
