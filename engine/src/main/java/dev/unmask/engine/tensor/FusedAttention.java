package dev.unmask.engine.tensor;

import static dev.unmask.engine.tensor.Lanes.SPECIES;
import static dev.unmask.engine.tensor.Lanes.WIDTH;
import static dev.unmask.engine.tensor.ProductKernels.COLUMNS;
import static dev.unmask.engine.tensor.ProductKernels.INNER;

import dev.unmask.engine.tensor.Products.Operand;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
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

  /** What a query sees of a panel: all of it. */
  private static final int WHOLE = (int) ((1L << COLUMNS) - 1);

  /** For each lane a bit. */
  private static final IntVector LANES =
      IntVector.fromArray(
          Lanes.INTEGERS, IntStream.range(0, WIDTH).map(lane -> 1 << lane).toArray(), 0);

  /** Values {@code from} to {@code to} − 1 of the inner index of a product. */
  private record Stretch(int from, int to) {}

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
    int last = mask.seen(first, end, length).end();
    pack(keys, new Operand(head.keys(head.qkv()), true), head.shape().headSize(), last);
    pack(values, new Operand(head.values(head.qkv()), false), last, head.shape().headSize());
    for (int from = first; from < end; from += ROWS) {
      int to = Math.min(end, from + ROWS);
      Keys tile = mask.seen(from, to, length);
      List<Stretch> panels = panels(tile);
      score(head, from, to, panels);
      for (int row = from; row < to; row++) {
        normalise(row - from, mask.seen(row, length), tile.end());
      }
      mix(head, from, to, panels, out);
    }
  }

  private void pack(Panels panels, Operand operand, int inner, int columns) {
    panels.reserve(inner, columns);
    for (int panel = 0; panel < panels.count(); panel++) {
      panels.pack(operand.from(0, panel * COLUMNS), panel, square);
    }
  }

  /** Those panels of keys of which some are seen, except what is beyond the last one seen. */
  private static List<Stretch> panels(Keys seen) {
    List<Stretch> panels = new ArrayList<>();
    int end = seen.end();
    for (int from = 0, to; from < end; from = to) {
      to = runEnd(seen, from, end);
      if (seen.some(from, COLUMNS) != 0) {
        panels.add(new Stretch(from, Math.min(to, end)));
      }
    }
    return panels;
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
   * scores = exp(scores − the row's greatest) where the query sees the key, and zeros where it does
   * not.
   *
   * @param end of the keys that some query of the tile sees
   */
  private void normalise(int row, Keys seen, int end) {
    float[] x = scores.values();
    float greatest = Float.NEGATIVE_INFINITY;
    for (int from = 0, to; from < end; from = to) {
      to = runEnd(seen, from, end);
      int at = scores.at(row, from) + from % INNER;
      int bits = seen.some(from, COLUMNS);
      if (bits == WHOLE) {
        greatest = Math.max(greatest, max(x, at, to - from));
      } else if (bits != 0) {
        greatest = Math.max(greatest, maxSeen(x, at, seen, from, to));
      }
    }
    Strands sum = new Strands();
    for (int from = 0, to; from < end; from = to) {
      to = runEnd(seen, from, end);
      int at = scores.at(row, from) + from % INNER;
      int bits = seen.some(from, COLUMNS);
      if (bits == WHOLE) {
        exp(x, at, from, to - from, greatest, sum);
      } else if (bits != 0) {
        expSeen(x, at, seen, from, to, greatest, sum);
      } else {
        Arrays.fill(x, at, at + to - from, 0);
      }
    }
    inverses[row] = 1 / sum.sum();
  }

  /**
   * Where the panels end, from one on, that are as it is: seen wholly, partly or not at all; or the
   * part of the inner index.
   */
  private static int runEnd(Keys seen, int from, int end) {
    int part = partEnd(from, end);
    int bits = seen.some(from, COLUMNS);
    int to = from + COLUMNS;
    while (to < part && alike(bits, seen.some(to, COLUMNS))) {
      to += COLUMNS;
    }
    return to;
  }

  private static boolean alike(int bits, int others) {
    return bits == others || (isPart(bits) && isPart(others));
  }

  private static boolean isPart(int bits) {
    return bits != 0 && bits != WHOLE;
  }

  private static float max(float[] x, int at, int n) {
    FloatVector greatest = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < n; i += WIDTH) {
      greatest = greatest.max(FloatVector.fromArray(SPECIES, x, at + i));
    }
    return greatest.reduceLanes(VectorOperators.MAX);
  }

  private static float maxSeen(float[] x, int at, Keys seen, int from, int to) {
    FloatVector greatest = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    for (int key = from; key < to; key += WIDTH) {
      FloatVector score = FloatVector.fromArray(SPECIES, x, at + key - from);
      greatest = greatest.blend(greatest.max(score), lanes(seen, key));
    }
    return greatest.reduceLanes(VectorOperators.MAX);
  }

  /** x = exp(x − shift), and their sum. */
  private static void exp(float[] x, int at, int index, int n, float shift, Strands sum) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector e = Lanes.exp(FloatVector.fromArray(SPECIES, x, at + i).sub(shift));
      sum.add(index + i, e);
      e.intoArray(x, at + i);
    }
  }

  /** The same of the keys that are seen, and 0 of the others. */
  private static void expSeen(
      float[] x, int at, Keys seen, int from, int to, float shift, Strands sum) {
    for (int key = from; key < to; key += WIDTH) {
      FloatVector e = Lanes.exp(FloatVector.fromArray(SPECIES, x, at + key - from).sub(shift));
      FloatVector weight = FloatVector.zero(SPECIES).blend(e, lanes(seen, key));
      sum.add(key, weight);
      weight.intoArray(x, at + key - from);
    }
  }

  private static VectorMask<Float> lanes(Keys seen, int key) {
    return LANES.and(seen.some(key, WIDTH)).compare(VectorOperators.NE, 0).cast(SPECIES);
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
