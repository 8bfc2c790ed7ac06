package dev.unmask.engine.tensor;

import static dev.unmask.engine.tensor.Lanes.SPECIES;
import static dev.unmask.engine.tensor.Lanes.WIDTH;
import static dev.unmask.engine.tensor.ProductKernels.COLUMNS;
import static dev.unmask.engine.tensor.ProductKernels.INNER;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Matrix products. Both sides are packed as {@link ProductKernels} reads them, by all threads, and
 * then multiplied tile by tile. How a product is cut changes no bit of it.
 */
final class Products {
  /** Rows of a tile: its left side and sums fit into a second cache of half a megabyte. */
  private static final int TILE_ROWS = 132;

  /** Panels of a tile, at most. */
  private static final int TILE_PANELS = 8;

  /** Tiles for each thread, so that none waits long for the last one. */
  private static final int TILES_PER_THREAD = 8;

  /** Rows that are packed at once. */
  private static final int PACKED_ROWS = 2 * WIDTH;

  /** Multiply-adds that take less time than it takes to wake other threads. */
  private static final long SMALL = 1 << 16;

  private final Tiles tiles;
  private final Arena arena;
  private final LeftSide left = new LeftSide();
  private final Panels right;
  private final Lane[] lanes;

  /** What a thread packs and sums in. */
  private static final class Lane {
    final LeftSide left = new LeftSide();
    final Panels right;
    final float[] square = new float[WIDTH * WIDTH];
    float[] sums = {};

    Lane(Arena arena) {
      right = new Panels(arena);
    }

    float[] zeroSums(int count) {
      if (sums.length < count) {
        sums = new float[count];
      }
      Arrays.fill(sums, 0, count, 0);
      return sums;
    }
  }

  /**
   * On these threads.
   *
   * @param arena of scratch memory
   */
  Products(Tiles tiles, Arena arena) {
    this.tiles = tiles;
    this.arena = arena;
    right = new Panels(arena);
    lanes = Stream.generate(() -> new Lane(arena)).limit(tiles.threads()).toArray(Lane[]::new);
  }

  /** An operand, read as it stands or transposed. */
  record Operand(HostTensor.Block block, boolean transposed) {
    static Operand of(HostTensor tensor) {
      return new Operand(tensor.block(0, 0), false);
    }

    static Operand transpose(HostTensor tensor) {
      return new Operand(tensor.block(0, 0), true);
    }

    /** The operand that begins at a row and column of this one. */
    Operand from(int row, int column) {
      return new Operand(
          transposed ? block.from(column, row) : block.from(row, column), transposed);
    }
  }

  /** What becomes of a product: c = scale · product + keep · c. */
  private record Target(float scale, float keep, HostTensor.Block c) {
    /** From a column on. */
    Target from(int column) {
      return new Target(scale, keep, c.from(0, column));
    }
  }

  /** The left side of a product, some rows at a time. */
  @FunctionalInterface
  interface Rows {
    /** Fills rows {@code first} to {@code end} − 1. */
    void pack(LeftSide to, int first, int end, float[] square);
  }

  /** The right side of a product, some columns at a time. */
  @FunctionalInterface
  interface Columns {
    /** The operand that has so many columns from {@code first} on; read at once by the lane. */
    Operand at(int first, int count, int lane);
  }

  /** A matrix that does not change, packed once for all products whose right side it is. */
  Panels packed(int inner, int columns, Columns source) {
    Panels panels = new Panels(arena);
    panels.reserve(inner, columns);
    tiles.run(
        panels.count(),
        (panel, lane) -> {
          int first = panel * COLUMNS;
          Operand at = source.at(first, Math.min(COLUMNS, columns - first), lane);
          panels.pack(at, panel, lanes[lane].square);
        });
    return panels;
  }

  private void packLeft(Operand x, int rows, int inner) {
    left.reserve(rows, inner);
    tiles.run(
        Math.ceilDiv(rows, PACKED_ROWS),
        (tile, lane) -> {
          int first = tile * PACKED_ROWS;
          int end = Math.min(rows, first + PACKED_ROWS);
          left.pack(x, first, end, inner, lanes[lane].square);
        });
  }

  /** c = x · matrix + keep · c. */
  void tiled(Operand x, Panels matrix, float keep, HostTensor c) {
    packLeft(x, c.rows(), matrix.inner());
    multiply(matrix, new Target(1, keep, c.block(0, 0)), c.rows());
  }

  /** c = x · y + keep · c; c's shape and {@code inner} give the sizes. */
  void tiled(Operand x, Operand y, int inner, float keep, HostTensor c) {
    if ((long) c.rows() * c.columns() * inner <= SMALL) {
      single(0, x, y, c.rows(), c.columns(), inner, 1, keep, c.block(0, 0));
      return;
    }
    tiled((to, first, end, square) -> to.pack(x, first, end, inner, square), y, inner, keep, c);
  }

  /** c = x · y + keep · c, where x's rows are had some at a time. */
  void tiled(Rows x, Operand y, int inner, float keep, HostTensor c) {
    left.reserve(c.rows(), inner);
    right.reserve(inner, c.columns());
    int strips = Math.ceilDiv(c.rows(), PACKED_ROWS);
    tiles.run(
        strips + right.count(),
        (tile, lane) -> {
          if (tile < strips) {
            int first = tile * PACKED_ROWS;
            x.pack(left, first, Math.min(c.rows(), first + PACKED_ROWS), lanes[lane].square);
          } else {
            int panel = tile - strips;
            right.pack(y.from(0, panel * COLUMNS), panel, lanes[lane].square);
          }
        });
    multiply(right, new Target(1, keep, c.block(0, 0)), c.rows());
  }

  /**
   * c = x · y + keep · c, where y's columns are had some at a time.
   *
   * @param starts where they begin, ascending from 0
   */
  void tiled(Operand x, int inner, int[] starts, Columns y, float keep, HostTensor c) {
    packLeft(x, c.rows(), inner);
    Target target = new Target(1, keep, c.block(0, 0));
    tiles.run(
        starts.length,
        (tile, lane) -> {
          int first = starts[tile];
          int end = tile + 1 < starts.length ? starts[tile + 1] : c.columns();
          Operand some = y.at(first, end - first, lane);
          Target part = target.from(first);
          for (int column = 0; column < end - first; column += COLUMNS) {
            panel(lanes[lane], left, some, inner, column, end - first, 0, c.rows(), part);
          }
        });
  }

  private void multiply(Panels matrix, Target target, int rows) {
    int across = Math.ceilDiv(rows, TILE_ROWS);
    int height = Math.ceilDiv(Math.ceilDiv(rows, across), ProductKernels.MOST_ROWS);
    int tileRows = height * ProductKernels.MOST_ROWS;
    int wanted = tiles.threads() * TILES_PER_THREAD;
    int panels = Math.clamp(matrix.count() * across / wanted, 1, TILE_PANELS);
    int groups = Math.ceilDiv(matrix.count(), panels);
    tiles.run(
        groups * across,
        (tile, lane) -> {
          int row = tile / groups * tileRows;
          int count = Math.min(tileRows, rows - row);
          int panel = tile % groups * panels;
          int end = Math.min(panel + panels, matrix.count());
          if (count > 0) {
            multiply(lanes[lane], left, row, count, matrix, panel, end, target);
          }
        });
  }

  /** c = scale · x · y + keep · c, where c is rows × columns, on the thread of a lane. */
  void single(
      int lane,
      Operand x,
      Operand y,
      int rows,
      int columns,
      int inner,
      float scale,
      float keep,
      HostTensor.Block c) {
    Lane own = lanes[lane];
    own.left.reserve(rows, inner);
    own.left.pack(x, 0, rows, inner, own.square);
    Target target = new Target(scale, keep, c);
    for (int column = 0; column < columns; column += COLUMNS) {
      panel(own, own.left, y, inner, column, columns, 0, rows, target);
    }
  }

  /** c = scale · x · xᵀ + keep · c, where c is square and symmetric, in half the work. */
  void selfProduct(int lane, Operand x, int inner, float scale, float keep, HostTensor c) {
    Lane own = lanes[lane];
    own.left.reserve(c.rows(), inner);
    own.left.pack(x, 0, c.rows(), inner, own.square);
    Operand mirrored = new Operand(x.block(), !x.transposed());
    Target target = new Target(scale, keep, c.block(0, 0));
    for (int column = 0; column < c.rows(); column += COLUMNS) {
      panel(own, own.left, mirrored, inner, column, c.columns(), column, c.rows(), target);
    }
    for (int row = 0; row < c.rows(); row++) {
      for (int column = row + 1; column < c.columns(); column++) {
        float below = c.memory().getAtIndex(JAVA_FLOAT, (long) column * c.columns() + row);
        c.memory().setAtIndex(JAVA_FLOAT, (long) row * c.columns() + column, below);
      }
    }
  }

  /** A left side, from row {@code first} on, times the panel that begins at a column. */
  private static void panel(
      Lane own,
      LeftSide x,
      Operand y,
      int inner,
      int column,
      int columns,
      int first,
      int rows,
      Target target) {
    own.right.reserve(inner, Math.min(COLUMNS, columns - column));
    own.right.pack(y.from(0, column), 0, own.square);
    Target part = target.from(column);
    for (int row = first; row < rows; row += TILE_ROWS) {
      int count = Math.min(TILE_ROWS, rows - row);
      multiply(own, x, row, count, own.right, 0, 1, part);
    }
  }

  /** Some rows times some panels, part after part of the inner index. */
  private static void multiply(
      Lane lane,
      LeftSide left,
      int row,
      int rows,
      Panels matrix,
      int panel,
      int end,
      Target target) {
    int padded = ProductKernels.padded(rows) * COLUMNS;
    float[] sums = lane.zeroSums(padded * (end - panel));
    for (int from = 0; from < matrix.inner(); from += INNER) {
      int length = Math.min(INNER, matrix.inner() - from);
      for (int i = panel; i < end; i++) {
        ProductKernels.accumulate(
            rows,
            left.values(),
            left.at(row, from),
            matrix.memory(),
            matrix.offset(i, from),
            length,
            sums,
            (i - panel) * padded);
      }
    }
    for (int i = panel; i < end; i++) {
      int column = i * COLUMNS;
      int wide = Math.min(COLUMNS, matrix.columns() - column);
      HostTensor.Block c = target.c().from(row, column);
      write(sums, (i - panel) * padded, rows, wide, target, c);
    }
  }

  private static void write(
      float[] sums, int at, int rows, int columns, Target target, HostTensor.Block c) {
    for (int column = 0; column < columns; column += WIDTH) {
      VectorMask<Float> mask = SPECIES.indexInRange(column, columns);
      for (int row = 0; row < rows; row++) {
        FloatVector value =
            FloatVector.fromArray(SPECIES, sums, at + row * COLUMNS + column).mul(target.scale());
        long to = c.offset() + (long) row * c.stride() * Float.BYTES;
        if (target.keep() != 0) {
          FloatVector before = Lanes.load(c.memory(), to, column, mask);
          value = before.fma(FloatVector.broadcast(SPECIES, target.keep()), value);
        }
        Lanes.store(value, c.memory(), to, column, mask);
      }
    }
  }
}
