package dev.unmask.engine.denoiser;

import dev.unmask.engine.tensor.AttentionShape;
import dev.unmask.engine.tensor.Tensor;
import dev.unmask.engine.tensor.TensorOps;

/**
 * A layer of LLaDA: its weights and what it does. Matrices that read the same input are fused into
 * one, one below the other.
 *
 * @param qkv queries, keys, values: [width + 2 · key width × width]
 * @param gateUp gates, ups: [2 · hidden × width]
 */
record LladaLayer(
    LladaArchitecture shape,
    Tensor attentionNorm,
    Tensor qkv,
    Tensor attentionOut,
    Tensor feedNorm,
    Tensor gateUp,
    Tensor down)
    implements TransformerLayer {
  static LladaLayer load(LladaArchitecture shape, int layer, CheckpointTensors tensors) {
    String prefix = LladaArchitecture.layerPrefix(layer);
    return new LladaLayer(
        shape,
        tensors.fused(prefix + "attn_norm.weight"),
        tensors.fused(prefix + "q_proj.weight", prefix + "k_proj.weight", prefix + "v_proj.weight"),
        tensors.fused(prefix + "attn_out.weight"),
        tensors.fused(prefix + "ff_norm.weight"),
        tensors.fused(prefix + "ff_proj.weight", prefix + "up_proj.weight"),
        tensors.fused(prefix + "ff_out.weight"));
  }

  @Override
  public void project(TensorOps ops, Activations rows, AttentionShape heads, int[] positions) {
    ops.rmsNorm(rows.stream(), attentionNorm, shape.epsilon(), rows.normed());
    ops.linear(rows.normed(), qkv, rows.qkv());
    ops.rotary(rows.qkv(), heads, positions, shape.theta());
  }

  @Override
  public void feed(TensorOps ops, Activations rows) {
    ops.linearAdd(rows.mixed(), attentionOut, rows.stream());
    ops.rmsNorm(rows.stream(), feedNorm, shape.epsilon(), rows.normed());
    ops.linear(rows.normed(), gateUp, rows.up());
    ops.swiglu(rows.up(), rows.down());
    ops.linearAdd(rows.down(), down, rows.stream());
  }
}
