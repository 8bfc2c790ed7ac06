package dev.unmask.engine.tensor;

import dev.unmask.engine.tensor.StoredRows.Precision;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** How fast a back end multiplies here and now, to foretell how long a model takes. */
public final class ProductSpeed {
  private static final int ROWS = 128;
  private static final int SIZE = 2048;
  private static final int WARM_UP = 8;
  private static final int MEASURED = 8;

  private ProductSpeed() {}

  /**
   * Multiply-adds a second, the best of several tries, with 128 rows of input.
   *
   * @param precision in which the weights are stored
   */
  public static double measure(TensorOps ops, Precision precision) {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment memory = arena.allocate((long) SIZE * SIZE * precision.bytes());
      Tensor weight = ops.stored(SIZE, List.of(new StoredRows(precision, SIZE, memory)));
      Tensor x = ops.allocate(ROWS, SIZE);
      Tensor out = ops.allocate(ROWS, SIZE);
      long least = Long.MAX_VALUE;
      for (int i = 0; i < WARM_UP + MEASURED; i++) {
        long start = System.nanoTime();
        ops.linear(x, weight, out);
        least = Math.min(least, System.nanoTime() - start);
      }
      return (double) ROWS * SIZE * SIZE / least * 1e9;
    }
  }
}
