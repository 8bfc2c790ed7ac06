package dev.unmask.engine.tensor;

import static dev.unmask.engine.tensor.Lanes.SPECIES;
import static dev.unmask.engine.tensor.Lanes.WIDTH;
import static dev.unmask.engine.tensor.ProductKernels.COLUMNS;
import static dev.unmask.engine.tensor.ProductKernels.INNER;

import dev.unmask.engine.tensor.AttentionMask.Stretch;
import dev.unmask.engine.tensor.Products.Operand;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * softmax(q · kᵀ · scale) · v of one head after the other, on one thread: some queries' scores
 * never leave the cache, where they lie as the left side of the product with the values. Panels of
 * keys that none of these queries sees are passed over.
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
    int length = head.shape().length();
    int last = mask.seen(first, end, length).getLast().to();
    pack(keys, new Operand(head.keys(head.qkv()), true), head.shape().headSize(), last);
    pack(values, new Operand(head.values(head.qkv()), false), last, head.shape().headSize());
    for (int from = first; from < end; from += ROWS) {
      int to = Math.min(end, from + ROWS);
      List<Stretch> seen = panels(mask.seen(from, to, length), last);
      score(head, from, to, seen);
      for (int row = from; row < to; row++) {
        normalise(row - from, mask.seen(row, length), seen);
      }
      mix(head, from, to, seen, out);
    }
  }

  private void pack(Panels panels, Operand operand, int inner, int columns) {
    panels.reserve(inner, columns);
    for (int panel = 0; panel < panels.count(); panel++) {
      panels.pack(operand.from(0, panel * COLUMNS), panel, square);
    }
  }

  /** The same to whole panels, none of them twice. */
  private static List<Stretch> panels(List<Stretch> seen, int end) {
    List<Stretch> whole = new ArrayList<>();
    for (Stretch stretch : seen) {
      int from = stretch.from() / COLUMNS * COLUMNS;
      int to = Math.min(end, Math.ceilDiv(stretch.to(), COLUMNS) * COLUMNS);
      boolean joined = !whole.isEmpty() && from <= whole.getLast().to();
      whole.add(new Stretch(joined ? whole.removeLast().from() : from, to));
    }
    return whole;
  }

  /** scores = q · kᵀ · scale, of the keys that some query sees. */
  private void score(AttentionHead head, int first, int end, List<Stretch> seen) {
    int rows = end - first;
    int inner = head.shape().headSize();
    queries.reserve(rows, inner);
    queries.pack(new Operand(head.queries(head.asking(), first), false), 0, rows, inner, square);
    scores.reserve(rows, keys.columns());
    List<Stretch> whole = List.of(new Stretch(0, inner));
    for (Stretch stretch : seen) {
      for (int column = stretch.from(); column < stretch.to(); column += COLUMNS) {
        sum(queries, rows, keys, column / COLUMNS, whole);
        for (int row = 0; row < rows; row++) {
          int to = scores.at(row, column) + column % INNER;
          for (int i = 0; i < COLUMNS; i += WIDTH) {
            FloatVector.fromArray(SPECIES, sums, row * COLUMNS + i)
                .mul(head.scale())
                .intoArray(scores.values(), to + i);
          }
        }
      }
    }
  }

  /** sums = left · panel, over some of the inner index. */
  private void sum(LeftSide left, int rows, Panels right, int panel, List<Stretch> inner) {
    Arrays.fill(sums, 0, ProductKernels.padded(rows) * COLUMNS, 0);
    for (Stretch stretch : inner) {
      for (int from = stretch.from(), to; from < stretch.to(); from = to) {
        to = partEnd(from, stretch.to());
        ProductKernels.accumulate(
            rows,
            left.values(),
            left.at(0, from) + from % INNER,
            right.memory(),
            right.offset(panel, from),
            to - from,
            sums,
            0);
      }
    }
  }

  /** Where the part of the inner index ends that holds {@code from}. */
  private static int partEnd(int from, int end) {
    return Math.min(end, (from / INNER + 1) * INNER);
  }

  /**
   * scores = exp(scores − the row's greatest) where the query sees the key, and zeros where only
   * others of the same tile do.
   */
  private void normalise(int row, List<Stretch> seen, List<Stretch> tile) {
    float greatest = Float.NEGATIVE_INFINITY;
    hide(row, seen, tile.getLast().to());
    for (Stretch stretch : tile) {
      for (int from = stretch.from(), to; from < stretch.to(); from = to) {
        to = partEnd(from, stretch.to());
        int at = scores.at(row, from) + from % INNER;
        greatest = Math.max(greatest, max(scores.values(), at, to - from));
      }
    }
    Strands sum = new Strands();
    for (Stretch stretch : tile) {
      for (int from = stretch.from(), to; from < stretch.to(); from = to) {
        to = partEnd(from, stretch.to());
        int at = scores.at(row, from) + from % INNER;
        exp(scores.values(), at, from, to - from, greatest, sum);
      }
    }
    inverses[row] = 1 / sum.sum();
  }

  /** Scores of −∞ for those of the first keys that a query does not see. */
  private void hide(int row, List<Stretch> seen, int keys) {
    int next = 0;
    for (Stretch stretch : seen) {
      scores.fill(row, next, stretch.from() - next, Float.NEGATIVE_INFINITY);
      next = stretch.to();
    }
    scores.fill(row, next, keys - next, Float.NEGATIVE_INFINITY);
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

  /** x = exp(x − shift), and their sum; x is −∞ where it is hidden, and becomes 0. */
  private static void exp(float[] x, int at, int index, int n, float shift, Strands sum) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector score = FloatVector.fromArray(SPECIES, x, at + i);
      VectorMask<Float> seen = score.compare(VectorOperators.NE, Float.NEGATIVE_INFINITY);
      if (i + WIDTH > n) {
        seen = seen.and(SPECIES.indexInRange(i, n));
      }
      FloatVector e = FloatVector.zero(SPECIES).blend(Lanes.exp(score.sub(shift)), seen);
      sum.add(index + i, e);
      e.intoArray(x, at + i);
    }
  }

  /** results = scores · v / the row's sum. */
  private void mix(AttentionHead head, int first, int end, List<Stretch> seen, HostTensor out) {
    int rows = end - first;
    int size = head.shape().headSize();
    HostTensor.Block results = head.results(out, first);
    for (int panel = 0; panel < values.count(); panel++) {
      sum(scores, rows, values, panel, seen);
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
