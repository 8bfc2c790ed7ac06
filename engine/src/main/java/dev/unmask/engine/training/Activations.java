package dev.unmask.engine.training;

import dev.unmask.engine.denoiser.transformer.LladaArchitecture;
import dev.unmask.engine.tensor.Tensor;
import dev.unmask.engine.tensor.TensorOps;

/**
 * What a layer's forward pass leaves for its backward pass, a row for each position of the batch.
 *
 * @param input the residual stream before the layer
 * @param attentionInput the same, normalised
 * @param qkv queries and keys turned
 * @param mixed all heads' results
 * @param middle the residual stream after attention
 * @param feedInput the same, normalised
 * @param gateUp gates, then ups
 * @param gated silu(gate) · up
 */
record Activations(
    Tensor input,
    Tensor attentionInput,
    Tensor qkv,
    Tensor mixed,
    Tensor middle,
    Tensor feedInput,
    Tensor gateUp,
    Tensor gated) {
  static Activations allocate(TensorOps ops, LladaArchitecture shape, int rows) {
    int width = shape.width();
    return new Activations(
        ops.allocate(rows, width),
        ops.allocate(rows, width),
        ops.allocate(rows, width + 2 * shape.keyWidth()),
        ops.allocate(rows, width),
        ops.allocate(rows, width),
        ops.allocate(rows, width),
        ops.allocate(rows, 2 * shape.hidden()),
        ops.allocate(rows, shape.hidden()));
  }
}
