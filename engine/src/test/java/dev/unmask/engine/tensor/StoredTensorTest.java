package dev.unmask.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.tensor.StoredRows.Precision;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Matrices as they are stored, against the same numbers as float32. */
class StoredTensorTest {
  private final Random random = new Random(20_26);
  private final TensorOps host = new HostTensors(2);
  private final TensorOps portable = new PortableTensors();

  @AfterEach
  void close() {
    host.close();
    portable.close();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "FLOAT32")
  void all16BitNumbersAreWidenedExactly(Precision precision) {
    ByteBuffer stored = buffer(2 << 16);
    float[] expected = new float[1 << 16];
    for (int bits = 0; bits < expected.length; bits++) {
      stored.putShort((short) bits);
      expected[bits] = number(precision, (short) bits);
    }
    int[] rows = IntStream.range(0, 1 << 16).toArray();
    MemorySegment memory = MemorySegment.ofBuffer(stored.flip());
    for (int columns : new int[] {1, 1 << 16}) {
      int count = expected.length / columns;
      Tensor table = host.stored(columns, List.of(new StoredRows(precision, count, memory)));
      Tensor out = host.allocate(count, columns);
      host.embed(table, Arrays.copyOf(rows, count), out);
      assertThat(values(host, out)).containsExactly(expected);
    }
  }

  @ParameterizedTest
  @EnumSource
  void productsAreThoseOfTheSameNumbers(Precision precision) {
    int columns = 3001;
    int[] partRows = {70, 1, 300};
    List<float[]> parts = new ArrayList<>();
    List<StoredRows> stored = new ArrayList<>();
    for (int rows : partRows) {
      ByteBuffer bytes = buffer(1 + rows * columns * precision.bytes());
      bytes.put((byte) 0);
      parts.add(fill(precision, rows * columns, bytes));
      MemorySegment unaligned = MemorySegment.ofBuffer(bytes.flip()).asSlice(1);
      stored.add(new StoredRows(precision, rows, unaligned));
    }
    float[] x = numbers(150 * columns);
    float[] expected = product(portable, x, columns, whole(portable, columns, parts));
    assertClose(product(host, x, columns, host.stored(columns, stored)), expected);
    assertClose(product(portable, x, columns, portable.stored(columns, stored)), expected);
  }

  /** x · weightᵀ and x · weightᵀ · 2, by way of an addition. */
  private static float[] product(TensorOps ops, float[] x, int columns, Tensor weight) {
    Tensor input = ops.allocate(x.length / columns, columns);
    ops.write(input, 0, x);
    Tensor out = ops.allocate(input.rows(), weight.rows());
    ops.linear(input, weight, out);
    ops.linearAdd(input, weight, out);
    return values(ops, out);
  }

  private static Tensor whole(TensorOps ops, int columns, List<float[]> parts) {
    Tensor tensor = ops.allocate(parts.stream().mapToInt(p -> p.length).sum() / columns, columns);
    int row = 0;
    for (float[] part : parts) {
      ops.write(tensor, row, part);
      row += part.length / columns;
    }
    return tensor;
  }

  private static void assertClose(float[] actual, float[] expected) {
    assertThat(actual).containsExactly(expected, within(2e-3f));
  }

  /** Random numbers as they are after they were stored. */
  private float[] fill(Precision precision, int count, ByteBuffer bytes) {
    float[] values = numbers(count);
    for (int i = 0; i < count; i++) {
      if (precision == Precision.FLOAT32) {
        bytes.putFloat(values[i]);
      } else {
        short bits =
            precision == Precision.FLOAT16
                ? Float.floatToFloat16(values[i])
                : (short) (Float.floatToRawIntBits(values[i]) >>> 16);
        bytes.putShort(bits);
        values[i] = number(precision, bits);
      }
    }
    return values;
  }

  private static float number(Precision precision, short bits) {
    return precision == Precision.FLOAT16
        ? Float.float16ToFloat(bits)
        : Float.intBitsToFloat(bits << 16);
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static float[] values(TensorOps ops, Tensor tensor) {
    float[] all = new float[tensor.rows() * tensor.columns()];
    float[] row = new float[tensor.columns()];
    for (int i = 0; i < tensor.rows(); i++) {
      ops.read(tensor, i, row);
      System.arraycopy(row, 0, all, i * row.length, row.length);
    }
    return all;
  }

  private float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian() / 4;
    }
    return numbers;
  }
}
