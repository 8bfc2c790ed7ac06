package dev.unmask.engine.denoiser.transformer;

import dev.unmask.engine.denoiser.CheckpointTensors;
import dev.unmask.engine.tensor.AttentionShape;
import dev.unmask.engine.tensor.Tensor;
import dev.unmask.engine.tensor.TensorOps;
import java.util.List;
import java.util.Optional;

/**
 * A layer of LLaDA: its weights and what it does. Matrices that read the same input are fused into
 * one, one below the other.
 *
 * @param qkv queries, keys, values: [width + 2 · key width × width]
 * @param qkvBias what is added to all of them, for Qwen2
 * @param gateUp gates, ups: [2 · hidden × width]
 */
record LladaLayer(
    LladaArchitecture shape,
    Tensor attentionNorm,
    Tensor qkv,
    Optional<Tensor> qkvBias,
    Tensor attentionOut,
    Tensor feedNorm,
    Tensor gateUp,
    Tensor down)
    implements TransformerLayer {
  static LladaLayer load(LladaArchitecture shape, int layer, CheckpointTensors tensors) {
    LlamaNames.Layer names = shape.names().layer(layer);
    List<String> bias = names.qkvBias();
    return new LladaLayer(
        shape,
        tensors.fused(names.attentionNorm()),
        tensors.fused(shape.names().queriesKeysValues(shape, layer, tensors)),
        bias.isEmpty() ? Optional.empty() : Optional.of(tensors.vector(bias)),
        tensors.fused(names.attentionOut()),
        tensors.fused(names.feedNorm()),
        tensors.fused(names.gateUp().toArray(String[]::new)),
        tensors.fused(names.down()));
  }

  @Override
  public void project(TensorOps ops, Activations rows, AttentionShape heads, int[] positions) {
    ops.rmsNorm(rows.stream(), attentionNorm, shape.epsilon(), rows.normed());
    ops.linear(rows.normed(), qkv, rows.qkv());
    qkvBias.ifPresent(bias -> ops.addBias(bias, rows.qkv()));
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
