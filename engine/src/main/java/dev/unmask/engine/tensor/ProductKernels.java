package dev.unmask.engine.tensor;

import static dev.unmask.engine.tensor.Lanes.SPECIES;
import static dev.unmask.engine.tensor.Lanes.WIDTH;
import static dev.unmask.engine.tensor.Lanes.load;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.LockSupport;
import jdk.incubator.vector.FloatVector;

/**
 * The innermost loops of a product: some rows of the left side times a panel of the right side,
 * with all sums in registers. Every sum is one chain of fused multiply-adds in the order of the
 * inner index, however wide a register is and however many rows are taken at once, so that its bits
 * are the same on every machine.
 *
 * <p>The loops are written out, because an array of vectors would not be kept in registers. Until
 * the second compiler has made them what they are, and for ever where it cannot, a plain loop over
 * the same chains is faster, and taken.
 */
final class ProductKernels {
  /** Columns of a panel: two registers. */
  static final int COLUMNS = 2 * WIDTH;

  /**
   * Values of a part of the inner index, and from one row of the left side to the next: a part of a
   * panel stays in the first cache, rows lie on different lines of it, and their distance is known
   * when the loops are compiled.
   */
  static final int INNER = 384;

  /**
   * Rows taken at once: AVX-512 and NEON have 32 registers. AVX2 has 16, and with six rows the
   * compiler keeps one of the sums in memory, which makes the loop take twice as long.
   */
  static final int MOST_ROWS = WIDTH == 8 ? 4 : 12;

  private static final int ROW_BYTES = COLUMNS * Float.BYTES;

  /** Rows taken at once where few are left. */
  private static final int LEAST_ROWS = 4;

  /** Calls of the loops between looks at what they take. */
  private static final int CALLS = 60;

  /** What a call takes when it is compiled, at most; nanoseconds. Before, it is ten times that. */
  private static final long FAST = 3_000;

  /** How long the compiler is waited for between calls, nanoseconds: a little longer each time. */
  private static final long FIRST_PAUSE = 2_000_000;

  private static final long LONGEST_PAUSE = 500_000_000;

  private static volatile boolean compiled;

  static {
    Thread.ofPlatform().daemon().name("kernels").start(ProductKernels::warmUp);
  }

  private ProductKernels() {}

  /**
   * sums = sums + x · panel.
   *
   * @param rows of the left side and of the sums; more are read and written, up to {@link
   *     #padded}(rows)
   * @param at where the first row begins in x; the next ones are {@link #INNER} values on
   * @param from where the part of the panel begins, in bytes: for each inner index {@link #COLUMNS}
   *     values
   * @param inner how much of the inner index is summed, at most {@link #INNER}
   * @param to where the first row's sums are; the next ones are {@link #COLUMNS} values on
   */
  static void accumulate(
      int rows,
      float[] x,
      int at,
      MemorySegment panel,
      long from,
      int inner,
      float[] sums,
      int to) {
    if (compiled) {
      byVectors(rows, x, at, panel, from, inner, sums, to);
    } else {
      plainly(rows, x, at, panel, from, inner, sums, to);
    }
  }

  /** Rows that are read and written where so many are asked for. */
  static int padded(int rows) {
    int row = 0;
    while (row < rows) {
      row += rowsAtOnce(rows - row);
    }
    return row;
  }

  private static int rowsAtOnce(int left) {
    return left > MOST_ROWS * 2 / 3 ? MOST_ROWS : LEAST_ROWS;
  }

  /** {@link #accumulate} with all sums in registers. */
  static void byVectors(
      int rows,
      float[] x,
      int at,
      MemorySegment panel,
      long from,
      int inner,
      float[] sums,
      int to) {
    int row = 0;
    while (row < rows) {
      int taken = rowsAtOnce(rows - row);
      int left = at + row * INNER;
      int sum = to + row * COLUMNS;
      switch (taken) {
        case 12 -> rows12(x, left, panel, from, inner, sums, sum);
        default -> rows4(x, left, panel, from, inner, sums, sum);
      }
      row += taken;
    }
  }

  /** The same chains without vectors of our own. */
  static void plainly(
      int rows,
      float[] x,
      int at,
      MemorySegment panel,
      long from,
      int inner,
      float[] sums,
      int to) {
    float[] values = new float[inner * COLUMNS];
    MemorySegment.copy(panel, JAVA_FLOAT, from, values, 0, values.length);
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < inner; i++) {
        addRow(x[at + row * INNER + i], values, i * COLUMNS, sums, to + row * COLUMNS);
      }
    }
  }

  private static void addRow(float value, float[] panel, int from, float[] sums, int to) {
    for (int i = 0; i < COLUMNS; i++) {
      sums[to + i] = Math.fma(value, panel[from + i], sums[to + i]);
    }
  }

  /** Whether loops over vectors are faster than plain ones by now. */
  static boolean compiled() {
    return compiled;
  }

  /** Calls the loops over vectors, with little to do, until they are compiled. */
  private static void warmUp() {
    int inner = 16;
    float[] x = new float[MOST_ROWS * INNER];
    float[] sums = new float[MOST_ROWS * COLUMNS];
    float[] square = new float[WIDTH * WIDTH];
    MemorySegment panel = Arena.ofAuto().allocate((long) inner * COLUMNS * Float.BYTES);
    untilCompiled(() -> byVectors(MOST_ROWS, x, 0, panel, 0, inner, sums, 0));
    untilCompiled(() -> byVectors(LEAST_ROWS, x, 0, panel, 0, inner, sums, 0));
    untilCompiled(() -> Transposition.byVectors(square));
    compiled = true;
  }

  /** However busy the machine is: a run may take hours, and would be slow for all of them. */
  private static void untilCompiled(Runnable loops) {
    long least = Long.MAX_VALUE;
    for (long pause = FIRST_PAUSE;
        least > FAST;
        pause = Math.min(pause + pause / 50, LONGEST_PAUSE)) {
      for (int i = 0; i < CALLS; i++) {
        long start = System.nanoTime();
        loops.run();
        least = Math.min(least, System.nanoTime() - start);
      }
      LockSupport.parkNanos(pause);
    }
  }

  private static void rows12(
      float[] x, int at, MemorySegment panel, long from, int inner, float[] sums, int to) {
    FloatVector left0 = FloatVector.fromArray(SPECIES, sums, to);
    FloatVector right0 = FloatVector.fromArray(SPECIES, sums, to + WIDTH);
    FloatVector left1 = FloatVector.fromArray(SPECIES, sums, to + COLUMNS);
    FloatVector right1 = FloatVector.fromArray(SPECIES, sums, to + COLUMNS + WIDTH);
    FloatVector left2 = FloatVector.fromArray(SPECIES, sums, to + 2 * COLUMNS);
    FloatVector right2 = FloatVector.fromArray(SPECIES, sums, to + 2 * COLUMNS + WIDTH);
    FloatVector left3 = FloatVector.fromArray(SPECIES, sums, to + 3 * COLUMNS);
    FloatVector right3 = FloatVector.fromArray(SPECIES, sums, to + 3 * COLUMNS + WIDTH);
    FloatVector left4 = FloatVector.fromArray(SPECIES, sums, to + 4 * COLUMNS);
    FloatVector right4 = FloatVector.fromArray(SPECIES, sums, to + 4 * COLUMNS + WIDTH);
    FloatVector left5 = FloatVector.fromArray(SPECIES, sums, to + 5 * COLUMNS);
    FloatVector right5 = FloatVector.fromArray(SPECIES, sums, to + 5 * COLUMNS + WIDTH);
    FloatVector left6 = FloatVector.fromArray(SPECIES, sums, to + 6 * COLUMNS);
    FloatVector right6 = FloatVector.fromArray(SPECIES, sums, to + 6 * COLUMNS + WIDTH);
    FloatVector left7 = FloatVector.fromArray(SPECIES, sums, to + 7 * COLUMNS);
    FloatVector right7 = FloatVector.fromArray(SPECIES, sums, to + 7 * COLUMNS + WIDTH);
    FloatVector left8 = FloatVector.fromArray(SPECIES, sums, to + 8 * COLUMNS);
    FloatVector right8 = FloatVector.fromArray(SPECIES, sums, to + 8 * COLUMNS + WIDTH);
    FloatVector left9 = FloatVector.fromArray(SPECIES, sums, to + 9 * COLUMNS);
    FloatVector right9 = FloatVector.fromArray(SPECIES, sums, to + 9 * COLUMNS + WIDTH);
    FloatVector left10 = FloatVector.fromArray(SPECIES, sums, to + 10 * COLUMNS);
    FloatVector right10 = FloatVector.fromArray(SPECIES, sums, to + 10 * COLUMNS + WIDTH);
    FloatVector left11 = FloatVector.fromArray(SPECIES, sums, to + 11 * COLUMNS);
    FloatVector right11 = FloatVector.fromArray(SPECIES, sums, to + 11 * COLUMNS + WIDTH);
    for (int i = 0; i < inner; i++) {
      long row = from + (long) i * ROW_BYTES;
      FloatVector left = load(panel, row, 0);
      FloatVector right = load(panel, row, WIDTH);
      FloatVector value = FloatVector.broadcast(SPECIES, x[at + i]);
      left0 = value.fma(left, left0);
      right0 = value.fma(right, right0);
      value = FloatVector.broadcast(SPECIES, x[at + INNER + i]);
      left1 = value.fma(left, left1);
      right1 = value.fma(right, right1);
      value = FloatVector.broadcast(SPECIES, x[at + 2 * INNER + i]);
      left2 = value.fma(left, left2);
      right2 = value.fma(right, right2);
      value = FloatVector.broadcast(SPECIES, x[at + 3 * INNER + i]);
      left3 = value.fma(left, left3);
      right3 = value.fma(right, right3);
      value = FloatVector.broadcast(SPECIES, x[at + 4 * INNER + i]);
      left4 = value.fma(left, left4);
      right4 = value.fma(right, right4);
      value = FloatVector.broadcast(SPECIES, x[at + 5 * INNER + i]);
      left5 = value.fma(left, left5);
      right5 = value.fma(right, right5);
      value = FloatVector.broadcast(SPECIES, x[at + 6 * INNER + i]);
      left6 = value.fma(left, left6);
      right6 = value.fma(right, right6);
      value = FloatVector.broadcast(SPECIES, x[at + 7 * INNER + i]);
      left7 = value.fma(left, left7);
      right7 = value.fma(right, right7);
      value = FloatVector.broadcast(SPECIES, x[at + 8 * INNER + i]);
      left8 = value.fma(left, left8);
      right8 = value.fma(right, right8);
      value = FloatVector.broadcast(SPECIES, x[at + 9 * INNER + i]);
      left9 = value.fma(left, left9);
      right9 = value.fma(right, right9);
      value = FloatVector.broadcast(SPECIES, x[at + 10 * INNER + i]);
      left10 = value.fma(left, left10);
      right10 = value.fma(right, right10);
      value = FloatVector.broadcast(SPECIES, x[at + 11 * INNER + i]);
      left11 = value.fma(left, left11);
      right11 = value.fma(right, right11);
    }
    left0.intoArray(sums, to);
    right0.intoArray(sums, to + WIDTH);
    left1.intoArray(sums, to + COLUMNS);
    right1.intoArray(sums, to + COLUMNS + WIDTH);
    left2.intoArray(sums, to + 2 * COLUMNS);
    right2.intoArray(sums, to + 2 * COLUMNS + WIDTH);
    left3.intoArray(sums, to + 3 * COLUMNS);
    right3.intoArray(sums, to + 3 * COLUMNS + WIDTH);
    left4.intoArray(sums, to + 4 * COLUMNS);
    right4.intoArray(sums, to + 4 * COLUMNS + WIDTH);
    left5.intoArray(sums, to + 5 * COLUMNS);
    right5.intoArray(sums, to + 5 * COLUMNS + WIDTH);
    left6.intoArray(sums, to + 6 * COLUMNS);
    right6.intoArray(sums, to + 6 * COLUMNS + WIDTH);
    left7.intoArray(sums, to + 7 * COLUMNS);
    right7.intoArray(sums, to + 7 * COLUMNS + WIDTH);
    left8.intoArray(sums, to + 8 * COLUMNS);
    right8.intoArray(sums, to + 8 * COLUMNS + WIDTH);
    left9.intoArray(sums, to + 9 * COLUMNS);
    right9.intoArray(sums, to + 9 * COLUMNS + WIDTH);
    left10.intoArray(sums, to + 10 * COLUMNS);
    right10.intoArray(sums, to + 10 * COLUMNS + WIDTH);
    left11.intoArray(sums, to + 11 * COLUMNS);
    right11.intoArray(sums, to + 11 * COLUMNS + WIDTH);
  }

  private static void rows4(
      float[] x, int at, MemorySegment panel, long from, int inner, float[] sums, int to) {
    FloatVector left0 = FloatVector.fromArray(SPECIES, sums, to);
    FloatVector right0 = FloatVector.fromArray(SPECIES, sums, to + WIDTH);
    FloatVector left1 = FloatVector.fromArray(SPECIES, sums, to + COLUMNS);
    FloatVector right1 = FloatVector.fromArray(SPECIES, sums, to + COLUMNS + WIDTH);
    FloatVector left2 = FloatVector.fromArray(SPECIES, sums, to + 2 * COLUMNS);
    FloatVector right2 = FloatVector.fromArray(SPECIES, sums, to + 2 * COLUMNS + WIDTH);
    FloatVector left3 = FloatVector.fromArray(SPECIES, sums, to + 3 * COLUMNS);
    FloatVector right3 = FloatVector.fromArray(SPECIES, sums, to + 3 * COLUMNS + WIDTH);
    for (int i = 0; i < inner; i++) {
      long row = from + (long) i * ROW_BYTES;
      FloatVector left = load(panel, row, 0);
      FloatVector right = load(panel, row, WIDTH);
      FloatVector value = FloatVector.broadcast(SPECIES, x[at + i]);
      left0 = value.fma(left, left0);
      right0 = value.fma(right, right0);
      value = FloatVector.broadcast(SPECIES, x[at + INNER + i]);
      left1 = value.fma(left, left1);
      right1 = value.fma(right, right1);
      value = FloatVector.broadcast(SPECIES, x[at + 2 * INNER + i]);
      left2 = value.fma(left, left2);
      right2 = value.fma(right, right2);
      value = FloatVector.broadcast(SPECIES, x[at + 3 * INNER + i]);
      left3 = value.fma(left, left3);
      right3 = value.fma(right, right3);
    }
    left0.intoArray(sums, to);
    right0.intoArray(sums, to + WIDTH);
    left1.intoArray(sums, to + COLUMNS);
    right1.intoArray(sums, to + COLUMNS + WIDTH);
    left2.intoArray(sums, to + 2 * COLUMNS);
    right2.intoArray(sums, to + 2 * COLUMNS + WIDTH);
    left3.intoArray(sums, to + 3 * COLUMNS);
    right3.intoArray(sums, to + 3 * COLUMNS + WIDTH);
  }
}
