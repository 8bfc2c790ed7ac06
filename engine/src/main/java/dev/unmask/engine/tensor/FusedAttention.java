package dev.unmask.engine.tensor;

import static dev.unmask.engine.tensor.Lanes.SPECIES;
import static dev.unmask.engine.tensor.Lanes.WIDTH;
import static dev.unmask.engine.tensor.ProductKernels.COLUMNS;
import static dev.unmask.engine.tensor.ProductKernels.INNER;

import dev.unmask.engine.tensor.Products.Operand;
import java.lang.foreign.Arena;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * softmax(q · kᵀ · scale + mask) · v of one head after the other, on one thread: some queries'
 * scores never leave the cache, where they lie as the left side of the product with the values.
 */
final class FusedAttention {
  /** Queries whose scores are computed together. */
  private static final int ROWS = 96;

  private final LeftSide queries = new LeftSide();
  private final LeftSide scores = new LeftSide();
  private final Panels keys;
  private final Panels values;
  private final float[] square = new float[WIDTH * WIDTH];
  private final float[] sums = new float[(ROWS + ProductKernels.MOST_ROWS) * COLUMNS];
  private final float[] inverses = new float[ROWS];

  /**
   * With scratch memory of its own.
   *
   * @param arena of that memory
   */
  FusedAttention(Arena arena) {
    keys = new Panels(arena);
    values = new Panels(arena);
  }

  /** Writes the results of queries {@code first} to {@code end} − 1. */
  void attend(AttentionHead head, int first, int end, AttentionMask mask, HostTensor out) {
    int seen = head.seen(end - 1);
    pack(keys, new Operand(head.keys(head.qkv()), true), head.shape().headSize(), seen);
    pack(values, new Operand(head.values(head.qkv()), false), seen, head.shape().headSize());
    for (int from = first; from < end; from += ROWS) {
      int to = Math.min(end, from + ROWS);
      score(head, from, to, mask);
      normalise(head, from, to);
      mix(head, from, to, out);
    }
  }

  private void pack(Panels panels, Operand operand, int inner, int columns) {
    panels.reserve(inner, columns);
    for (int panel = 0; panel < panels.count(); panel++) {
      panels.pack(operand.from(0, panel * COLUMNS), panel, square);
    }
  }

  /** scores = q · kᵀ · scale + mask. */
  private void score(AttentionHead head, int first, int end, AttentionMask mask) {
    int rows = end - first;
    int inner = head.shape().headSize();
    queries.reserve(rows, inner);
    queries.pack(new Operand(head.queries(head.asking(), first), false), 0, rows, inner, square);
    scores.reserve(rows, keys.columns());
    int seen = head.seen(end - 1);
    for (int panel = 0; panel * COLUMNS < seen; panel++) {
      sum(queries, rows, keys, panel, inner);
      int column = panel * COLUMNS;
      for (int row = 0; row < rows; row++) {
        int to = scores.at(row, column) + column % INNER;
        for (int i = 0; i < COLUMNS; i += WIDTH) {
          FloatVector score =
              FloatVector.fromArray(SPECIES, sums, row * COLUMNS + i).mul(head.scale());
          if (!mask.isNone()) {
            VectorMask<Float> there = SPECIES.indexInRange(column + i, keys.columns());
            float[] more = mask.scores()[first + row];
            score = score.add(FloatVector.fromArray(SPECIES, more, column + i, there));
          }
          score.intoArray(scores.values(), to + i);
        }
      }
    }
  }

  /** sums = left · panel. */
  private void sum(LeftSide left, int rows, Panels right, int panel, int inner) {
    Arrays.fill(sums, 0, ProductKernels.padded(rows) * COLUMNS, 0);
    for (int from = 0; from < inner; from += INNER) {
      ProductKernels.accumulate(
          rows,
          left.values(),
          left.at(0, from),
          right.memory(),
          right.offset(panel, from),
          Math.min(INNER, inner - from),
          sums,
          0);
    }
  }

  /** scores = exp(scores − the row's greatest), and zeros for what a query does not see. */
  private void normalise(AttentionHead head, int first, int end) {
    int width = head.seen(end - 1);
    for (int row = 0; row < end - first; row++) {
      int seen = head.seen(first + row);
      float greatest = Float.NEGATIVE_INFINITY;
      for (int from = 0; from < seen; from += INNER) {
        int length = Math.min(INNER, seen - from);
        greatest = Math.max(greatest, max(scores.values(), scores.at(row, from), length));
      }
      Strands sum = new Strands();
      for (int from = 0; from < width; from += INNER) {
        int length = Math.clamp(seen - from, 0, INNER);
        int at = scores.at(row, from);
        exp(scores.values(), at, length, greatest, sum);
        Arrays.fill(scores.values(), at + length, at + Math.min(INNER, width - from), 0);
      }
      inverses[row] = 1 / sum.sum();
    }
  }

  private static float max(float[] x, int at, int n) {
    FloatVector greatest = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    int i = 0;
    for (; i < SPECIES.loopBound(n); i += WIDTH) {
      greatest = greatest.max(FloatVector.fromArray(SPECIES, x, at + i));
    }
    if (i < n) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      FloatVector rest = FloatVector.fromArray(SPECIES, x, at + i);
      greatest = greatest.blend(greatest.max(rest), mask);
    }
    return greatest.reduceLanes(VectorOperators.MAX);
  }

  /** x = exp(x − shift), and their sum. */
  private static void exp(float[] x, int at, int n, float shift, Strands sum) {
    int i = 0;
    for (; i < SPECIES.loopBound(n); i += WIDTH) {
      FloatVector e = Lanes.exp(FloatVector.fromArray(SPECIES, x, at + i).sub(shift));
      sum.add(i, e);
      e.intoArray(x, at + i);
    }
    if (i < n) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      FloatVector e = Lanes.exp(FloatVector.fromArray(SPECIES, x, at + i).sub(shift));
      FloatVector kept = FloatVector.zero(SPECIES).blend(e, mask);
      sum.add(i, kept);
      kept.intoArray(x, at + i);
    }
  }

  /** results = scores · v / the row's sum. */
  private void mix(AttentionHead head, int first, int end, HostTensor out) {
    int rows = end - first;
    int size = head.shape().headSize();
    HostTensor.Block results = head.results(out, first);
    for (int panel = 0; panel < values.count(); panel++) {
      sum(scores, rows, values, panel, head.seen(end - 1));
      int column = panel * COLUMNS;
      for (int row = 0; row < rows; row++) {
        long to = results.from(row, column).offset();
        for (int i = 0; i < COLUMNS && column + i < size; i += WIDTH) {
          FloatVector mixed =
              FloatVector.fromArray(SPECIES, sums, row * COLUMNS + i).mul(inverses[row]);
          VectorMask<Float> mask = SPECIES.indexInRange(column + i, size);
          Lanes.store(mixed, results.memory(), to, i, mask);
        }
      }
    }
  }
}
