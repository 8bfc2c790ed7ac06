package dev.unmask.engine.denoiser.transformer;

import dev.unmask.engine.tensor.Tensor;
import dev.unmask.engine.tensor.TensorOps;

/**
 * What a transformer's forward pass of so many rows writes into, as views of buffers that outlive
 * it.
 *
 * @param stream the residual stream
 * @param normed the stream after a norm
 * @param qkv queries, keys and values
 * @param mixed the values that attention mixed
 * @param up the wide side of a feed-forward layer
 * @param down what a feed-forward layer makes of it
 */
public record Activations(
    Tensor stream, Tensor normed, Tensor qkv, Tensor mixed, Tensor up, Tensor down) {
  /** New ones. */
  static Activations allocate(TensorOps ops, TransformerShape shape, int rows) {
    return new Activations(
        ops.allocate(rows, shape.width()),
        ops.allocate(rows, shape.width()),
        ops.allocate(rows, shape.qkvColumns()),
        ops.allocate(rows, shape.width()),
        ops.allocate(rows, shape.up()),
        ops.allocate(rows, shape.down()));
  }

  /** How many rows they hold. */
  int rows() {
    return stream.rows();
  }

  /** The first rows of each. */
  Activations first(TensorOps ops, int rows) {
    return new Activations(
        ops.firstRows(stream, rows),
        ops.firstRows(normed, rows),
        ops.firstRows(qkv, rows),
        ops.firstRows(mixed, rows),
        ops.firstRows(up, rows),
        ops.firstRows(down, rows));
  }

  /** The same with queries, keys and values elsewhere. */
  Activations withQkv(Tensor other) {
    return new Activations(stream, normed, other, mixed, up, down);
  }
}
