package dev.unmask.engine.arithmetic;

import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Work on rows that do not depend on each other, on the threads of the common pool and the
 * caller's: as many as the machine has cores, or as a command is told to compute on.
 */
public final class EachRow {
  /** With fewer values than this, other threads would take longer to wake than to help. */
  private static final int WORTHWHILE = 1 << 14;

  /**
   * Whether the caller's thread is all there is. The pool itself is no judge of that: told to have
   * no threads, it takes two once something is to run asynchronously, such as the opening of a
   * model.
   */
  private static final boolean ALONE =
      Integer.getInteger("java.util.concurrent.ForkJoinPool.common.parallelism", 1) == 0;

  private EachRow() {}

  /** Makes one row of every row, which does not change. */
  public static float[][] map(float[][] rows, UnaryOperator<float[]> of) {
    float[][] made = new float[rows.length][];
    of(rows.length, rows.length == 0 ? 0 : rows[0].length, i -> made[i] = of.apply(rows[i]));
    return made;
  }

  /**
   * Does something with every row.
   *
   * @param columns the length of a row, which tells how much there is to do
   * @param work with the row of a number; it writes nothing that belongs to another row
   */
  public static void of(int rows, int columns, IntConsumer work) {
    IntStream each = IntStream.range(0, rows);
    (ALONE || (long) rows * columns < WORTHWHILE ? each : each.parallel()).forEach(work);
  }
}
