package dev.unmask.engine.tensor;

/**
 * A weight, its gradient, and how it is trained.
 *
 * @param parts for a hidden matrix under Muon, how many matrices it is made of, one below the
 *     other; 0 for everything under AdamW
 * @param decay weight decay
 */
public record Parameter(String name, Tensor weight, Tensor gradient, int parts, float decay) {
  /** Of matrices under Muon. */
  public static final float HIDDEN_DECAY = 0.1f;

  private static final float TABLE_DECAY = 0.01f;

  /** A matrix between two layers, made of equal parts. */
  public static Parameter hidden(HostTensors ops, String name, int rows, int columns, int parts) {
    return new Parameter(
        name, ops.allocate(rows, columns), ops.allocate(rows, columns), parts, HIDDEN_DECAY);
  }

  /** A matrix between the data and a layer: a row for each token, or for each value put out. */
  public static Parameter table(HostTensors ops, String name, int rows, int columns) {
    return new Parameter(
        name, ops.allocate(rows, columns), ops.allocate(rows, columns), 0, TABLE_DECAY);
  }

  /** A norm's gains. */
  public static Parameter gain(HostTensors ops, String name, int columns) {
    return new Parameter(name, ops.allocate(1, columns), ops.allocate(1, columns), 0, 0);
  }

  /** Rows of the weight. */
  public int rows() {
    return weight.rows();
  }

  /** Columns of the weight. */
  public int columns() {
    return weight.columns();
  }

  /** Whether it is a norm's gains. */
  public boolean isGain() {
    return rows() == 1;
  }

  /** Whether it is a matrix between two layers. */
  public boolean isHidden() {
    return parts > 0;
  }
}
