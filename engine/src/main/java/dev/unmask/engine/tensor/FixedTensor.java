package dev.unmask.engine.tensor;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.unmask.engine.tensor.Products.Operand;
import java.util.stream.IntStream;

/**
 * A matrix that was packed once, as products read it.
 *
 * @param transposed its rows as columns
 */
record FixedTensor(Panels transposed) implements ReadTensor {
  /** The values of a stored matrix, widened a panel at a time. */
  static FixedTensor of(StoredTensor stored, Workspace workspace) {
    workspace.reserveScratch((long) ProductKernels.COLUMNS * stored.columns());
    Panels panels =
        workspace
            .products()
            .packed(
                stored.columns(),
                stored.rows(),
                (column, wide, lane) -> {
                  HostTensor rows = workspace.scratch(lane, 0, wide, stored.columns());
                  stored.embed(IntStream.range(column, column + wide).toArray(), rows);
                  return Operand.transpose(rows);
                });
    return new FixedTensor(panels);
  }

  @Override
  public int rows() {
    return transposed.columns();
  }

  @Override
  public int columns() {
    return transposed.inner();
  }

  @Override
  public void embed(int[] ids, HostTensor out) {
    for (int i = 0; i < ids.length; i++) {
      for (int column = 0; column < columns(); column++) {
        float value = transposed.at(column, ids[i]);
        out.memory().setAtIndex(JAVA_FLOAT, (long) i * columns() + column, value);
      }
    }
  }

  @Override
  public void product(Workspace workspace, HostTensor x, float keep, HostTensor out) {
    workspace.products().tiled(Operand.of(x), transposed, keep, out);
  }
}
