package dev.unmask.engine.tensor;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasLower;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;

import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * Matrix products by BLAS on one thread each. BLAS does not promise the same bytes on one and two
 * threads, so large products are cut here, into tiles of the result.
 */
final class Products {
  /** Most rows and columns of a tile, so large that BLAS's packing of its operands is cheap. */
  private static final int TILE_ROWS = 256;

  private static final int TILE_COLUMNS = 512;

  /** With fewer tiles than this they are made smaller, so that every thread finds some. */
  private static final int ENOUGH_TILES = 16;

  private final Tiles tiles;

  Products(Tiles tiles) {
    this.tiles = tiles;
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
      long values =
          transposed ? (long) column * block.stride() + row : (long) row * block.stride() + column;
      return new Operand(
          new HostTensor.Block(block.address() + values * Float.BYTES, block.stride()), transposed);
    }
  }

  /** c = left · right + keep · c, in tiles; c's shape and {@code inner} give the sizes. */
  void tiled(Operand left, Operand right, int inner, float keep, HostTensor c) {
    boolean large =
        Math.ceilDiv(c.rows(), TILE_ROWS) * Math.ceilDiv(c.columns(), TILE_COLUMNS) >= ENOUGH_TILES;
    int height = large ? TILE_ROWS : TILE_ROWS / 2;
    int width = large ? TILE_COLUMNS : TILE_COLUMNS / 2;
    int across = Math.ceilDiv(c.columns(), width);
    tiles.run(
        Math.ceilDiv(c.rows(), height) * across,
        (tile, lane) -> {
          int row = tile / across * height;
          int column = tile % across * width;
          single(
              left.from(row, 0),
              right.from(0, column),
              Math.min(height, c.rows() - row),
              Math.min(width, c.columns() - column),
              inner,
              1,
              keep,
              c.block(row, column));
        });
  }

  /** c = scale · left · right + keep · c, where c is rows × columns. */
  static void single(
      Operand left,
      Operand right,
      int rows,
      int columns,
      int inner,
      float scale,
      float keep,
      HostTensor.Block c) {
    openblas_nolapack.cblas_sgemm(
        CblasRowMajor,
        left.transposed() ? CblasTrans : CblasNoTrans,
        right.transposed() ? CblasTrans : CblasNoTrans,
        rows,
        columns,
        inner,
        scale,
        left.block().pointer(),
        left.block().stride(),
        right.block().pointer(),
        right.block().stride(),
        keep,
        c.pointer(),
        c.stride());
  }

  /** c = scale · x · xᵀ + keep · c, where c is square and symmetric, in half the work. */
  static void selfProduct(Operand x, int inner, float scale, float keep, HostTensor c) {
    openblas_nolapack.cblas_ssyrk(
        CblasRowMajor,
        CblasLower,
        x.transposed() ? CblasTrans : CblasNoTrans,
        c.rows(),
        inner,
        scale,
        x.block().pointer(),
        x.block().stride(),
        keep,
        c.block(0, 0).pointer(),
        c.columns());
    for (int row = 0; row < c.rows(); row++) {
      for (int column = row + 1; column < c.columns(); column++) {
        float mirrored = c.memory().getAtIndex(JAVA_FLOAT, (long) column * c.columns() + row);
        c.memory().setAtIndex(JAVA_FLOAT, (long) row * c.columns() + column, mirrored);
      }
    }
  }
}
