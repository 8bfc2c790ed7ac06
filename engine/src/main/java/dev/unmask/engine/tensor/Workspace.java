package dev.unmask.engine.tensor;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** The threads and the memory of the host operations. */
final class Workspace implements AutoCloseable {
  /** About how many values a tile of a row-wise operation has. */
  private static final int TILE_VALUES = 1 << 15;

  /**
   * Where a matrix may begin, in bytes: at a vector of any processor, and at a line of its cache.
   */
  private static final int ALIGNMENT = 64;

  private final Tiles tiles;
  private final Arena memory = Arena.ofShared();
  private final HostTensor[] scratch;
  private final Products products;
  private int matrices;

  /** Starts its threads, of which there are {@code threads} with the caller's. */
  Workspace(int threads) {
    tiles = new Tiles(threads);
    scratch = new HostTensor[threads];
    Arrays.setAll(scratch, lane -> allocate(1, 1));
    products = new Products(tiles, memory);
  }

  /** Its threads. */
  Tiles tiles() {
    return tiles;
  }

  /** Products on its threads. */
  Products products() {
    return products;
  }

  /** Something for each lane, with memory that is freed when this is closed. */
  <T> T[] eachLane(Function<Arena, T> made, IntFunction<T[]> array) {
    return Stream.generate(() -> made.apply(memory)).limit(tiles.threads()).toArray(array);
  }

  /** A matrix of zeros, freed when this is closed. */
  HostTensor allocate(int rows, int columns) {
    matrices++;
    long bytes = (long) rows * columns * Float.BYTES;
    return HostTensor.over(rows, columns, memory.allocate(bytes, ALIGNMENT));
  }

  /** How many matrices it holds. */
  int matrices() {
    return matrices;
  }

  /** Runs tiles 0 to count − 1. */
  void eachTile(int count, Tiles.Work work) {
    tiles.run(count, work);
  }

  /** How many rows of so many columns a tile has. */
  static int tileRows(int columns) {
    return Math.max(1, TILE_VALUES / columns);
  }

  /** Runs an operation on each row of a matrix of so many columns. */
  void eachRow(int rows, int columns, IntConsumer operation) {
    int step = tileRows(columns);
    tiles.run(
        Math.ceilDiv(rows, step),
        (tile, lane) -> {
          int end = Math.min(rows, (tile + 1) * step);
          for (int row = tile * step; row < end; row++) {
            operation.accept(row);
          }
        });
  }

  /**
   * Makes each lane's scratch memory hold at least so many values. It grows by doubling, because
   * nothing is freed before this is closed.
   */
  void reserveScratch(long values) {
    int held = scratch[0].columns();
    if (held < values) {
      int capacity = Math.toIntExact(Math.max(values, 2L * held));
      Arrays.setAll(scratch, lane -> allocate(1, capacity));
    }
  }

  /** The lane's scratch memory from value {@code first}, seen as a matrix. */
  HostTensor scratch(int lane, long first, int rows, int columns) {
    return scratch[lane].reshape(first, rows, columns);
  }

  @Override
  public void close() {
    tiles.close();
    if (memory.scope().isAlive()) {
      memory.close();
    }
  }
}
