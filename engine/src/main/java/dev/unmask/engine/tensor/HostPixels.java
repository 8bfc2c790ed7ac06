package dev.unmask.engine.tensor;

import static dev.unmask.engine.tensor.HostTensors.host;

import java.lang.foreign.MemorySegment;

/**
 * What convolutional networks need besides the operations on rows: a convolution is a product with
 * the matrix of every pixel's neighbourhood.
 */
final class HostPixels {
  private static final int NEIGHBOURS = 9;

  private final Workspace workspace;
  private HostTensor around;

  HostPixels(Workspace workspace) {
    this.workspace = workspace;
    around = workspace.allocate(1, 1);
  }

  /** How many columns {@link #neighbourhoods} fills. */
  static int neighbourhood(int channels) {
    return NEIGHBOURS * channels;
  }

  /**
   * Writes the channels of the three by three pixels around each pixel into the first columns of
   * its row, line by line; zeros outside the image. The columns after them are left as they are.
   */
  void neighbourhoods(Tensor x, Grid grid, Tensor out) {
    HostTensor from = host(x);
    HostTensor to = host(out);
    long channels = (long) from.columns() * Float.BYTES;
    workspace.eachRow(
        grid.rows(),
        to.columns(),
        row -> {
          for (int neighbour = 0; neighbour < NEIGHBOURS; neighbour++) {
            long at = to.offset(row) + neighbour * channels;
            int other = neighbour(grid, row, neighbour);
            if (other < 0) {
              to.memory().asSlice(at, channels).fill((byte) 0);
            } else {
              MemorySegment.copy(from.memory(), from.offset(other), to.memory(), at, channels);
            }
          }
        });
  }

  /** Every pixel's neighbourhood and what is told of its image; the next call writes over it. */
  HostTensor around(HostTensor x, HostTensor context, Grid grid) {
    int columns = neighbourhood(x.columns()) + context.columns();
    int values = Math.multiplyExact(grid.rows(), columns);
    if (around.columns() < values) {
      around = workspace.allocate(1, values);
    }
    HostTensor out = around.reshape(0, grid.rows(), columns);
    neighbourhoods(x, grid, out);
    int pixels = grid.height() * grid.width();
    workspace.eachRow(
        grid.rows(),
        columns,
        row ->
            copy(
                context,
                row / pixels,
                0,
                out,
                row,
                columns - context.columns(),
                context.columns()));
    return out;
  }

  /** The rows of {@link #around}, as the left side of a product. */
  Products.Rows neighbourhoods(HostTensor x, HostTensor context, Grid grid) {
    int channels = x.columns();
    int pixels = grid.height() * grid.width();
    return (to, first, end, square) -> {
      for (int row = first; row < end; row++) {
        for (int neighbour = 0; neighbour < NEIGHBOURS; neighbour++) {
          int other = neighbour(grid, row, neighbour);
          if (other < 0) {
            to.fill(row, neighbour * channels, channels, 0);
          } else {
            to.copy(x.memory(), x.offset(other), row, neighbour * channels, channels);
          }
        }
        int image = row / pixels;
        int column = neighbourhood(channels);
        to.copy(context.memory(), context.offset(image), row, column, context.columns());
      }
    };
  }

  /** dContext for the gradient of {@link #around}: what an image's pixels have together. */
  void contextGradient(HostTensor dAround, Grid grid, HostTensor dContext) {
    int pixels = grid.height() * grid.width();
    int columns = dContext.columns();
    long skip = (long) (dAround.columns() - columns) * Float.BYTES;
    workspace.eachRow(
        grid.images(),
        pixels * columns,
        image -> {
          dContext.slice(image, 1).memory().fill((byte) 0);
          for (int row = image * pixels; row < (image + 1) * pixels; row++) {
            long from = dAround.offset(row) + skip;
            RowKernels.add(
                dContext.memory(), dContext.offset(image), dAround.memory(), from, columns);
          }
        });
  }

  /** dx for out = neighbourhoods(x). */
  void neighbourhoodsGradient(Tensor dOut, Grid grid, Tensor dx) {
    HostTensor from = host(dOut);
    HostTensor to = host(dx);
    int channels = to.columns();
    workspace.eachRow(
        grid.rows(),
        from.columns(),
        row -> {
          to.slice(row, 1).memory().fill((byte) 0);
          for (int neighbour = 0; neighbour < NEIGHBOURS; neighbour++) {
            // The pixel of which this one is that neighbour lies on the opposite side.
            int other = neighbour(grid, row, NEIGHBOURS - 1 - neighbour);
            if (other >= 0) {
              long at = from.offset(other) + (long) neighbour * channels * Float.BYTES;
              RowKernels.add(to.memory(), to.offset(row), from.memory(), at, channels);
            }
          }
        });
  }

  /** The row of one of nine neighbours, counted line by line; −1 outside the image. */
  private static int neighbour(Grid grid, int row, int which) {
    int y = row / grid.width() % grid.height() + which / 3 - 1;
    int x = row % grid.width() + which % 3 - 1;
    boolean inside = y >= 0 && y < grid.height() && x >= 0 && x < grid.width();
    return inside ? row + (which / 3 - 1) * grid.width() + which % 3 - 1 : -1;
  }

  /**
   * out's row holds the channels of two by two pixels, line by line. It is its own gradient's
   * inverse: {@link #split} is the way back for both.
   *
   * @param grid of x; height and width are even
   */
  void merge(Tensor x, Grid grid, Tensor out) {
    eachOfFour(
        grid,
        (pixel, quarter, row) ->
            copy(host(x), pixel, 0, host(out), row, quarter * x.columns(), x.columns()));
  }

  /** The inverse of {@link #merge}; {@code grid} is out's. */
  void split(Tensor x, Grid grid, Tensor out) {
    eachOfFour(
        grid,
        (pixel, quarter, row) ->
            copy(host(x), row, quarter * out.columns(), host(out), pixel, 0, out.columns()));
  }

  private interface Quarter {
    void accept(int pixel, int quarter, int row);
  }

  private void eachOfFour(Grid grid, Quarter work) {
    Grid half = grid.halved();
    workspace.eachRow(
        half.rows(),
        1,
        row -> {
          int image = row / (half.height() * half.width());
          int y = row / half.width() % half.height() * 2;
          int x = row % half.width() * 2;
          for (int quarter = 0; quarter < 4; quarter++) {
            int line = image * grid.height() + y + quarter / 2;
            work.accept(line * grid.width() + x + quarter % 2, quarter, row);
          }
        });
  }

  private static void copy(
      HostTensor from, int row, int column, HostTensor to, int toRow, int toColumn, int count) {
    MemorySegment.copy(
        from.memory(),
        from.offset(row) + (long) column * Float.BYTES,
        to.memory(),
        to.offset(toRow) + (long) toColumn * Float.BYTES,
        (long) count * Float.BYTES);
  }

  /** out's row is the mean of an image's pixels. */
  void mean(Tensor x, Grid grid, Tensor out) {
    HostTensor from = host(x);
    HostTensor to = host(out);
    int pixels = grid.height() * grid.width();
    workspace.eachRow(
        grid.images(),
        pixels * x.columns(),
        image -> {
          to.slice(image, 1).memory().fill((byte) 0);
          for (int row = image * pixels; row < (image + 1) * pixels; row++) {
            RowKernels.add(
                to.memory(), to.offset(image), from.memory(), from.offset(row), x.columns());
          }
          RowKernels.multiply(to.memory(), to.offset(image), x.columns(), 1f / pixels);
        });
  }

  /** dx for out = mean(x). */
  void meanGradient(Tensor dOut, Grid grid, Tensor dx) {
    HostTensor to = host(dx);
    int pixels = grid.height() * grid.width();
    workspace.eachRow(
        grid.rows(),
        dx.columns(),
        row -> {
          copy(host(dOut), row / pixels, 0, to, row, 0, dx.columns());
          RowKernels.multiply(to.memory(), to.offset(row), dx.columns(), 1f / pixels);
        });
  }
}
