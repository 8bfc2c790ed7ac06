package dev.unmask.engine.denoiser.bert;

import dev.unmask.engine.denoiser.CheckpointTensors;
import dev.unmask.engine.denoiser.transformer.Activations;
import dev.unmask.engine.denoiser.transformer.TransformerLayer;
import dev.unmask.engine.tensor.AttentionShape;
import dev.unmask.engine.tensor.Tensor;
import dev.unmask.engine.tensor.TensorOps;
import java.util.List;
import java.util.stream.Stream;

/** A layer's weights: attention and a feed-forward layer, a norm behind each. */
record BertLayer(
    Tensor qkv,
    Tensor qkvBias,
    Tensor attentionOut,
    Tensor attentionBias,
    BertTransformer.CentredNorm attentionNorm,
    Tensor up,
    Tensor upBias,
    Tensor down,
    Tensor downBias,
    BertTransformer.CentredNorm feedNorm)
    implements TransformerLayer {
  static BertLayer load(BertArchitecture shape, int layer, CheckpointTensors tensors) {
    String name = shape.layer(layer);
    String out = name + "attention.output.";
    List<String> qkv =
        Stream.of("query", "key", "value").map(part -> name + "attention.self." + part).toList();
    return new BertLayer(
        tensors.fused(qkv.stream().map(part -> part + ".weight").toArray(String[]::new)),
        tensors.vector(qkv.stream().map(part -> part + ".bias").toList()),
        tensors.fused(out + "dense.weight"),
        tensors.fused(out + "dense.bias"),
        BertTransformer.CentredNorm.load(shape, out + "LayerNorm", tensors),
        tensors.fused(name + "intermediate.dense.weight"),
        tensors.fused(name + "intermediate.dense.bias"),
        tensors.fused(name + "output.dense.weight"),
        tensors.fused(name + "output.dense.bias"),
        BertTransformer.CentredNorm.load(shape, name + "output.LayerNorm", tensors));
  }

  @Override
  public void project(TensorOps ops, Activations rows, AttentionShape heads, int[] positions) {
    // QKV projection
    ops.linear(rows.stream(), qkv, rows.qkv());
    ops.addBias(qkvBias, rows.qkv());
  }

  @Override
  public void feed(TensorOps ops, Activations rows) {
    // output projection, residual, post-norm
    ops.linearAdd(rows.mixed(), attentionOut, rows.stream());
    ops.addBias(attentionBias, rows.stream());
    attentionNorm.apply(ops, rows.stream());
    // MLP with GELU, residual, post-norm
    ops.linear(rows.stream(), up, rows.up());
    ops.exactGelu(rows.up(), upBias);
    ops.linearAdd(rows.up(), down, rows.stream());
    ops.addBias(downBias, rows.stream());
    feedNorm.apply(ops, rows.stream());
  }
}
