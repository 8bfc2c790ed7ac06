package dev.unmask.engine.tensor;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The threads and the memory of the host operations. */
final class Workspace implements AutoCloseable {
  /** About how many values a tile of a row-wise operation has. */
  private static final int TILE_VALUES = 1 << 15;

  private final Tiles tiles;
  private final List<INDArray> arrays = new ArrayList<>();
  private final HostTensor[] scratch;
  private final Arena arena = Arena.ofShared();
  private final Products products;

  /** Starts its threads, of which there are {@code threads} with the caller's. */
  Workspace(int threads) {
    BackEnd.choose(BackEnd.NATIVE);
    tiles = new Tiles(threads);
    scratch = new HostTensor[threads];
    Arrays.setAll(scratch, lane -> allocate(1, 1));
    products = new Products(tiles, arena);
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
    return Stream.generate(() -> made.apply(arena)).limit(tiles.threads()).toArray(array);
  }

  /** A matrix of zeros, freed when this is closed. */
  HostTensor allocate(int rows, int columns) {
    INDArray array = Nd4j.create(DataType.FLOAT, rows, columns);
    arrays.add(array);
    return HostTensor.over(array);
  }

  /** How many matrices it holds. */
  int matrices() {
    return arrays.size();
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
    arrays.forEach(INDArray::close);
    arrays.clear();
    arena.close();
  }
}
