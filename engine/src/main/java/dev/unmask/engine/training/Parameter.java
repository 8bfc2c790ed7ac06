package dev.unmask.engine.training;

import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.Tensor;

/**
 * A weight, its gradient, and how it is trained.
 *
 * @param parts for a hidden matrix under Muon, how many matrices it is made of, one below the
 *     other; 0 for everything under AdamW
 * @param decay weight decay
 */
record Parameter(String name, Tensor weight, Tensor gradient, int parts, float decay) {
  /** Of matrices under Muon. */
  static final float HIDDEN_DECAY = 0.1f;

  private static final float TABLE_DECAY = 0.01f;

  /** A matrix between two layers, made of equal parts. */
  static Parameter hidden(HostTensors ops, String name, int rows, int columns, int parts) {
    return new Parameter(
        name, ops.allocate(rows, columns), ops.allocate(rows, columns), parts, HIDDEN_DECAY);
  }

  /** A matrix with a row for each token. */
  static Parameter table(HostTensors ops, String name, int rows, int columns) {
    return new Parameter(
        name, ops.allocate(rows, columns), ops.allocate(rows, columns), 0, TABLE_DECAY);
  }

  /** A norm's gains. */
  static Parameter gain(HostTensors ops, String name, int columns) {
    return new Parameter(name, ops.allocate(1, columns), ops.allocate(1, columns), 0, 0);
  }

  int rows() {
    return weight.rows();
  }

  int columns() {
    return weight.columns();
  }

  boolean isGain() {
    return rows() == 1;
  }

  boolean isHidden() {
    return parts > 0;
  }
}
