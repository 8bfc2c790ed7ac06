package dev.unmask.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The host's kernels and the portable operations, each the other's oracle. */
class OperationsTest {
  private static final int SHAPES = 12;

  private final Random random = new Random(20_26);
  private final TensorOps host = new HostTensors(2);
  private final TensorOps portable = new PortableTensors();

  @AfterEach
  void close() {
    host.close();
    portable.close();
  }

  @Test
  void embeddings() {
    for (int i = 0; i < SHAPES; i++) {
      float[] table = numbers(11 * upTo(70));
      int[] ids = random.ints(upTo(40), 0, 11).toArray();
      int columns = table.length / 11;
      compare(
          ids.length,
          columns,
          1e-6f,
          (ops, out) -> ops.embed(tensor(ops, 11, columns, table), ids, out));
    }
  }

  @Test
  void gatheredRows() {
    float[] x = numbers(9 * 21);
    int[] rows = {8, 0, 3, 3};
    compare(4, 21, 1e-6f, (ops, out) -> ops.gather(tensor(ops, 9, 21, x), rows, out));
  }

  @Test
  void norms() {
    for (int i = 0; i < SHAPES; i++) {
      int rows = upTo(300);
      int columns = upTo(300);
      float[] x = numbers(rows * columns);
      float[] gain = numbers(columns);
      compare(
          rows,
          columns,
          1e-4f,
          (ops, out) ->
              ops.rmsNorm(
                  tensor(ops, rows, columns, x), tensor(ops, 1, columns, gain), 1e-5f, out));
    }
  }

  @Test
  void centredNorms() {
    for (int i = 0; i < SHAPES; i++) {
      int rows = upTo(300);
      int columns = 1 + upTo(300);
      float[] x = numbers(rows * columns);
      float[] gain = numbers(columns);
      float[] shift = numbers(columns);
      compare(
          rows,
          columns,
          1e-3f,
          (ops, out) ->
              ops.layerNorm(
                  tensor(ops, rows, columns, x),
                  tensor(ops, 1, columns, gain),
                  tensor(ops, 1, columns, shift),
                  1e-5f,
                  out));
    }
  }

  @Test
  void aNormOfZerosIsZero() {
    compare(
        2,
        5,
        0,
        (ops, out) -> ops.rmsNorm(ops.allocate(2, 5), tensor(ops, 1, 5, numbers(5)), 1e-5f, out));
  }

  @Test
  void products() {
    for (int i = 0; i < SHAPES; i++) {
      int rows = upTo(300);
      int inner = upTo(200);
      int columns = upTo(600);
      float[] x = numbers(rows * inner);
      float[] weight = numbers(columns * inner);
      float[] kept = numbers(rows * columns);
      compare(
          rows,
          columns,
          1e-3f,
          (ops, out) ->
              ops.linear(tensor(ops, rows, inner, x), tensor(ops, columns, inner, weight), out));
      compare(
          rows,
          columns,
          1e-3f,
          (ops, out) -> {
            ops.write(out, 0, kept);
            ops.linearAdd(tensor(ops, rows, inner, x), tensor(ops, columns, inner, weight), out);
          });
    }
  }

  @Test
  void rotations() {
    for (int i = 0; i < SHAPES; i++) {
      AttentionShape shape = attentionShape();
      float[] qkv = numbers(shape.rows() * shape.columns());
      int[] positions = random.ints(shape.rows(), 0, 4096).toArray();
      compare(
          shape.rows(),
          shape.columns(),
          1e-3f,
          (ops, out) -> {
            ops.write(out, 0, qkv);
            ops.rotary(out, shape, positions, 10_000);
          });
    }
  }

  @Test
  void fullAttention() {
    attention(false);
  }

  @Test
  void causalAttention() {
    attention(true);
  }

  @Test
  void attentionUnderAMask() {
    for (int i = 0; i < SHAPES; i++) {
      AttentionShape shape = attentionShape();
      boolean[][] sees = new boolean[shape.length()][shape.length()];
      for (int query = 0; query < shape.length(); query++) {
        for (int key = 0; key < shape.length(); key++) {
          sees[query][key] = key == query || random.nextInt(3) == 0;
        }
      }
      AttentionMask mask = AttentionMask.of(shape.length(), (query, key) -> sees[query][key]);
      float[] qkv = numbers(shape.rows() * shape.columns());
      compare(
          shape.rows(),
          shape.queryColumns(),
          1e-4f,
          (ops, out) ->
              ops.attention(tensor(ops, shape.rows(), shape.columns(), qkv), shape, mask, out));
    }
  }

  /** Longer than a tile of queries and a part of the inner index, some parts hidden from all. */
  @Test
  void attentionWhereWholeTilesAreHidden() {
    AttentionShape shape = new AttentionShape(1, 900, 2, 1, 8);
    AttentionMask mask =
        AttentionMask.of(900, (query, key) -> query / 60 == key / 60 || key / 60 == query / 180);
    float[] qkv = numbers(shape.rows() * shape.columns());
    compare(
        shape.rows(),
        shape.queryColumns(),
        1e-4f,
        (ops, out) ->
            ops.attention(tensor(ops, shape.rows(), shape.columns(), qkv), shape, mask, out));
  }

  private void attention(boolean causal) {
    for (int i = 0; i < SHAPES; i++) {
      AttentionShape shape = attentionShape();
      AttentionMask mask = causal ? AttentionMask.causal(shape.length()) : AttentionMask.NONE;
      float[] qkv = numbers(shape.rows() * shape.columns());
      compare(
          shape.rows(),
          shape.queryColumns(),
          1e-4f,
          (ops, out) ->
              ops.attention(tensor(ops, shape.rows(), shape.columns(), qkv), shape, mask, out));
    }
  }

  @Test
  void gatedActivations() {
    for (int i = 0; i < SHAPES; i++) {
      int rows = upTo(100);
      int columns = upTo(300);
      float[] x = numbers(rows * 2 * columns);
      x[0] = 100;
      x[x.length - 2 * columns] = -100;
      compare(
          rows, columns, 1e-4f, (ops, out) -> ops.swiglu(tensor(ops, rows, 2 * columns, x), out));
    }
  }

  @Test
  void ungatedActivations() {
    float[] x = numbers(7 * 21);
    x[0] = 80;
    x[1] = -80;
    compare(7, 21, 1e-5f, (ops, out) -> ops.silu(tensor(ops, 7, 21, x), out));
  }

  @Test
  void statisticsOfRows() {
    for (int i = 0; i < SHAPES; i++) {
      int rows = upTo(40);
      int columns = 1 + upTo(700);
      float[] x = numbers(rows * columns);
      for (int j = 0; j < x.length; j++) {
        x[j] *= 4;
      }
      x[0] = 60;
      x[1] = Float.NEGATIVE_INFINITY;
      compare(
          rows,
          RowStatistics.COUNT,
          1e-4f,
          (ops, out) -> ops.rowStatistics(tensor(ops, rows, columns, x), out));
    }
  }

  @Test
  void ofEqualLogitsTheFirstIsTheGreatest() {
    float[] x = new float[2 * 19];
    x[7] = 3;
    x[11] = 3;
    compare(
        2, RowStatistics.COUNT, 1e-5f, (ops, out) -> ops.rowStatistics(tensor(ops, 2, 19, x), out));
    Tensor out = host.allocate(2, RowStatistics.COUNT);
    host.rowStatistics(tensor(host, 2, 19, x), out);
    assertThat(host.read(out)).containsSequence(3, 7).contains((float) Math.log(19));
  }

  @Test
  void sums() {
    float[] x = numbers(7 * 21);
    float[] kept = numbers(7 * 21);
    compare(
        7,
        21,
        0,
        (ops, out) -> {
          ops.write(out, 0, kept);
          ops.add(tensor(ops, 7, 21, x), out);
        });
  }

  @Test
  void biasedActivations() {
    for (int i = 0; i < SHAPES; i++) {
      int rows = upTo(100);
      int columns = 1 + upTo(300);
      float[] x = numbers(rows * columns);
      x[0] = 100;
      x[x.length - 1] = -100;
      float[] bias = numbers(columns);
      compare(
          rows,
          columns,
          1e-5f,
          (ops, out) -> {
            ops.write(out, 0, x);
            ops.gelu(out, tensor(ops, 1, columns, bias));
          });
    }
  }

  @Test
  void exactBiasedActivations() {
    for (int i = 0; i < SHAPES; i++) {
      int rows = upTo(100);
      int columns = 1 + upTo(300);
      float[] x = numbers(rows * columns);
      x[0] = 100;
      x[x.length - 1] = -100;
      float[] bias = numbers(columns);
      compare(
          rows,
          columns,
          2e-6f,
          (ops, out) -> {
            ops.write(out, 0, x);
            ops.exactGelu(out, tensor(ops, 1, columns, bias));
          });
    }
  }

  @Test
  void biases() {
    float[] x = numbers(7 * 21);
    float[] bias = numbers(21);
    compare(
        7,
        21,
        0,
        (ops, out) -> {
          ops.write(out, 0, x);
          ops.addBias(tensor(ops, 1, 21, bias), out);
        });
  }

  @Test
  void gatedSums() {
    for (int i = 0; i < SHAPES; i++) {
      int rows = upTo(100);
      int columns = 1 + upTo(300);
      float[] x = numbers(rows * columns);
      float[] kept = numbers(rows * columns);
      float[] gate = numbers(columns);
      float[] shift = numbers(columns);
      compare(
          rows,
          columns,
          1e-5f,
          (ops, out) -> {
            ops.write(out, 0, kept);
            ops.addGated(
                tensor(ops, rows, columns, x),
                tensor(ops, 1, columns, gate),
                tensor(ops, 1, columns, shift),
                out);
          });
    }
  }

  @Test
  void firstRowsShareTheirMatrixsMemory() {
    float[] values = numbers(3 * 4);
    compare(
        5,
        4,
        0,
        (ops, out) -> {
          ops.write(ops.firstRows(out, 3), 0, values);
          ops.write(ops.firstRows(out, 4), 3, Arrays.copyOf(values, 4));
        });
  }

  private AttentionShape attentionShape() {
    int keyHeads = upTo(3);
    return new AttentionShape(upTo(2), upTo(90), keyHeads * upTo(3), keyHeads, 2 * upTo(20));
  }

  private void compare(
      int rows, int columns, float tolerance, BiConsumer<TensorOps, Tensor> operation) {
    Tensor expected = portable.allocate(rows, columns);
    Tensor actual = host.allocate(rows, columns);
    operation.accept(portable, expected);
    operation.accept(host, actual);
    float[] expectedRow = new float[columns];
    float[] actualRow = new float[columns];
    for (int row = 0; row < rows; row++) {
      portable.read(expected, row, expectedRow);
      host.read(actual, row, actualRow);
      for (int column = 0; column < columns; column++) {
        float difference = Math.abs(actualRow[column] - expectedRow[column]);
        if (!(difference <= tolerance)) {
          fail("row %d, column %d is %g off".formatted(row, column, difference));
        }
      }
    }
  }

  private static Tensor tensor(TensorOps ops, int rows, int columns, float[] values) {
    Tensor tensor = ops.allocate(rows, columns);
    ops.write(tensor, 0, values);
    return tensor;
  }

  /** From 1 to {@code most}. */
  private int upTo(int most) {
    return 1 + random.nextInt(most);
  }

  private float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }
}
