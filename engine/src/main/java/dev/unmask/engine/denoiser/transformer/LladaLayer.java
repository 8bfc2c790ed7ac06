package dev.unmask.engine.denoiser.transformer;

import dev.unmask.engine.denoiser.CheckpointTensors;
import dev.unmask.engine.tensor.AttentionShape;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.Parameter;
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
public record LladaLayer(
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

  /** All zero; what is trained is added to the parameters. */
  static LladaLayer allocate(
      LladaArchitecture shape, int layer, HostTensors ops, List<Parameter> parameters) {
    String name = "layers." + layer + ".";
    int width = shape.width();
    // Parts must be equally high: with fewer key heads, as high as the keys.
    int rows = width + 2 * shape.keyWidth();
    List<Parameter> own =
        List.of(
            Parameter.gain(ops, name + "attention_norm", width),
            Parameter.hidden(ops, name + "qkv", rows, width, rows / shape.keyWidth()),
            Parameter.hidden(ops, name + "attention_out", width, width, 1),
            Parameter.gain(ops, name + "feed_norm", width),
            Parameter.hidden(ops, name + "gate_up", 2 * shape.hidden(), width, 2),
            Parameter.hidden(ops, name + "down", width, shape.hidden(), 1));
    parameters.addAll(own);
    Tensor[] weights = own.stream().map(Parameter::weight).toArray(Tensor[]::new);
    return new LladaLayer(
        shape,
        weights[0],
        weights[1],
        Optional.empty(),
        weights[2],
        weights[3],
        weights[4],
        weights[5]);
  }

  @Override
  public void project(TensorOps ops, Activations rows, AttentionShape heads, int[] positions) {
    // pre-norm, QKV projection, RoPE
    ops.rmsNorm(rows.stream(), attentionNorm, shape.epsilon(), rows.normed());
    ops.linear(rows.normed(), qkv, rows.qkv());
    qkvBias.ifPresent(bias -> ops.addBias(bias, rows.qkv()));
    ops.rotary(rows.qkv(), heads, positions, shape.theta());
  }

  @Override
  public void feed(TensorOps ops, Activations rows) {
    // output projection, residual
    ops.linearAdd(rows.mixed(), attentionOut, rows.stream());
    // pre-norm, SwiGLU feed-forward, residual
    ops.rmsNorm(rows.stream(), feedNorm, shape.epsilon(), rows.normed());
    ops.linear(rows.normed(), gateUp, rows.up());
    ops.swiglu(rows.up(), rows.down());
    ops.linearAdd(rows.down(), down, rows.stream());
  }
}
