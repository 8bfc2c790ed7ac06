package dev.unmask.engine.tensor;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.unmask.engine.tensor.Products.Operand;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.IntConsumer;

/**
 * Products with a matrix that stays, packed once for both. Results do not depend on the number of
 * threads. Used by one thread at a time.
 */
public final class KnownRows implements AutoCloseable {
  /** Bytes of the widest register, and of a line of the cache. */
  private static final int ALIGNMENT = 64;

  private final Arena arena = Arena.ofShared();
  private final Tiles tiles;
  private final Products products;
  private final Panels transposed;
  private final Panels plain;

  /**
   * Copies the matrix and starts the threads.
   *
   * @param rows all of one length
   * @param threads at least 1, the caller's among them
   */
  public KnownRows(float[][] rows, int threads) {
    tiles = new Tiles(threads);
    products = new Products(tiles, arena);
    int columns = rows[0].length;
    try (Arena passing = Arena.ofShared()) {
      HostTensor known = allocated(passing, rows.length, columns);
      for (int row = 0; row < rows.length; row++) {
        write(rows[row], known, row);
      }
      transposed =
          products.packed(
              columns,
              rows.length,
              (first, count, lane) -> Operand.transpose(known).from(0, first));
      plain =
          products.packed(
              rows.length, columns, (first, count, lane) -> Operand.of(known).from(0, first));
    }
  }

  /**
   * x · knownᵀ.
   *
   * @param x row after row, each as long as a known one
   */
  public float[] products(float[] x) {
    return product(x, transposed);
  }

  /**
   * weights · known: sums of the known rows.
   *
   * @param weights row after row, one of each known row
   */
  public float[] mixtures(float[] weights) {
    return product(weights, plain);
  }

  /** Runs work 0 to count − 1 on the threads; each writes to places of its own. */
  public void each(int count, IntConsumer work) {
    tiles.run(count, (tile, lane) -> work.accept(tile));
  }

  private float[] product(float[] left, Panels right) {
    try (Arena passing = Arena.ofShared()) {
      HostTensor from = allocated(passing, left.length / right.inner(), right.inner());
      write(left, from, 0);
      HostTensor out = allocated(passing, from.rows(), right.columns());
      products.tiled(Operand.of(from), right, 0, out);
      return out.memory().toArray(JAVA_FLOAT);
    }
  }

  private static HostTensor allocated(Arena arena, int rows, int columns) {
    MemorySegment memory = arena.allocate((long) rows * columns * Float.BYTES, ALIGNMENT);
    return new HostTensor(rows, columns, memory);
  }

  private static void write(float[] values, HostTensor to, int row) {
    MemorySegment.copy(values, 0, to.memory(), JAVA_FLOAT, to.offset(row), values.length);
  }

  /** Ends the threads and frees the matrix. */
  @Override
  public void close() {
    tiles.close();
    arena.close();
  }
}
