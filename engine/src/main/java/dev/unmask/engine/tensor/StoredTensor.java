package dev.unmask.engine.tensor;

import dev.unmask.engine.tensor.Products.Operand;
import java.util.ArrayList;
import java.util.List;

/**
 * A matrix that stays as it is stored, 16 bits a number or 32. It is read in strips of rows, each
 * widened to float32 where it is used, so that it never takes more memory than its file.
 *
 * @param strips one below the other
 */
record StoredTensor(int rows, int columns, List<Strip> strips) implements ReadTensor {
  /** Values of a strip: a megabyte when widened, which a processor's cache holds. */
  private static final int STRIP_VALUES = 1 << 18;

  private static final int MOST_STRIP_ROWS = 256;

  private static final int LEAST_STRIP_ROWS = 16;

  /**
   * Rows that are widened at once.
   *
   * @param first the matrix's row that is the strip's first
   */
  record Strip(int first, StoredRows rows) {}

  /** The parts one below the other. */
  static StoredTensor of(int columns, List<StoredRows> parts) {
    int step = Math.clamp(STRIP_VALUES / columns, LEAST_STRIP_ROWS, MOST_STRIP_ROWS);
    List<Strip> strips = new ArrayList<>();
    int row = 0;
    for (StoredRows part : parts) {
      for (int from = 0; from < part.rows(); from += step) {
        int count = Math.min(step, part.rows() - from);
        strips.add(new Strip(row + from, part.slice(from, count, columns)));
      }
      row += part.rows();
    }
    return new StoredTensor(row, columns, List.copyOf(strips));
  }

  @Override
  public void embed(int[] ids, HostTensor out) {
    for (int i = 0; i < ids.length; i++) {
      Strip strip = strips.get(stripOf(ids[i]));
      StoredRows row = strip.rows().slice(ids[i] - strip.first(), 1, columns);
      Widening.copy(row, columns, out.slice(i, 1));
    }
  }

  /** The last strip that does not begin after a row. */
  private int stripOf(int row) {
    int low = 0;
    int high = strips.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (strips.get(middle).first() <= row) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  @Override
  public void product(Workspace workspace, HostTensor x, float keep, HostTensor out) {
    int most = strips.stream().mapToInt(strip -> strip.rows().rows()).max().orElse(0);
    workspace.reserveScratch((long) most * columns);
    int[] starts = strips.stream().mapToInt(Strip::first).toArray();
    workspace
        .products()
        .tiled(
            Operand.of(x),
            columns,
            starts,
            (first, count, lane) -> {
              HostTensor wide = workspace.scratch(lane, 0, count, columns);
              Widening.copy(strips.get(stripOf(first)).rows(), columns, wide);
              return Operand.transpose(wide);
            },
            keep,
            out);
  }
}
