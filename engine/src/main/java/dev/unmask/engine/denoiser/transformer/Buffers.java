package dev.unmask.engine.denoiser.transformer;

import dev.unmask.engine.tensor.Tensor;
import dev.unmask.engine.tensor.TensorOps;

/**
 * What a transformer's forward passes write into: the rows that go through all layers, and those
 * that are asked for, which alone go through the last layer's second half. They grow by doubling,
 * because a back end frees nothing before it is closed.
 */
final class Buffers {
  private final TensorOps ops;
  private final TransformerShape shape;
  private Activations all;
  private Asked asked;

  /** What the rows that are asked for begin the last layer with, and their logits. */
  private record Asked(Tensor stream, Tensor qkv, Tensor mixed, Tensor logits) {
    static Asked allocate(TensorOps ops, TransformerShape shape, int rows) {
      return new Asked(
          ops.allocate(rows, shape.width()),
          ops.allocate(rows, shape.qkvColumns()),
          ops.allocate(rows, shape.width()),
          ops.allocate(rows, shape.predicted()));
    }
  }

  /** Room for one row. */
  Buffers(TensorOps ops, TransformerShape shape) {
    this.ops = ops;
    this.shape = shape;
    all = Activations.allocate(ops, shape, 1);
    asked = Asked.allocate(ops, shape, 1);
  }

  /** Views of so many rows that go through all layers. */
  Activations all(int rows) {
    if (rows > all.rows()) {
      all = Activations.allocate(ops, shape, Math.max(rows, 2 * all.rows()));
    }
    return all.first(ops, rows);
  }

  /** Views of so many rows that are asked for, no more than go through all layers. */
  Activations asked(int rows) {
    if (rows > asked.logits().rows()) {
      asked = Asked.allocate(ops, shape, Math.max(rows, 2 * asked.logits().rows()));
    }
    return new Activations(
        ops.firstRows(asked.stream(), rows),
        ops.firstRows(all.normed(), rows),
        ops.firstRows(asked.qkv(), rows),
        ops.firstRows(asked.mixed(), rows),
        ops.firstRows(all.up(), rows),
        ops.firstRows(all.down(), rows));
  }

  /** The logits of so many rows that are asked for. */
  Tensor logits(int rows) {
    return ops.firstRows(asked.logits(), rows);
  }
}
