package dev.unmask.engine.denoiser;

import dev.unmask.engine.tensor.Tensor;
import dev.unmask.engine.tensor.TensorOps;

/** What a forward pass of so many rows writes into, as views of buffers that outlive it. */
record LladaBuffers(
    Tensor stream, Tensor normed, Tensor qkv, Tensor mixed, Tensor gateUp, Tensor gated) {
  /** New ones. */
  static LladaBuffers allocate(TensorOps ops, LladaArchitecture shape, int rows) {
    return new LladaBuffers(
        ops.allocate(rows, shape.width()),
        ops.allocate(rows, shape.width()),
        ops.allocate(rows, shape.width() + 2 * shape.keyWidth()),
        ops.allocate(rows, shape.width()),
        ops.allocate(rows, 2 * shape.hidden()),
        ops.allocate(rows, shape.hidden()));
  }

  /** How many rows they hold. */
  int rows() {
    return stream.rows();
  }

  /** The first rows of each. */
  LladaBuffers first(TensorOps ops, int rows) {
    return new LladaBuffers(
        ops.firstRows(stream, rows),
        ops.firstRows(normed, rows),
        ops.firstRows(qkv, rows),
        ops.firstRows(mixed, rows),
        ops.firstRows(gateUp, rows),
        ops.firstRows(gated, rows));
  }
}
