package dev.unmask.engine.denoiser.dit;

import dev.unmask.engine.denoiser.CheckpointTensors;
import dev.unmask.engine.denoiser.transformer.Activations;
import dev.unmask.engine.denoiser.transformer.TransformerLayer;
import dev.unmask.engine.safetensors.Weights;
import dev.unmask.engine.tensor.AttentionShape;
import dev.unmask.engine.tensor.Tensor;
import dev.unmask.engine.tensor.TensorOps;
import java.util.Optional;

/**
 * A layer's weights: attention, and then a feed-forward layer.
 *
 * @param modulation what the time becomes six rows by: shift, scale and gate of attention, and the
 *     same of the feed-forward layer; none if it is not told the time
 */
record DitLayer(
    Optional<Conditioning.HeapLinear> modulation,
    ModulatedNorm attentionNorm,
    Tensor qkv,
    Tensor attentionOut,
    GatedSum attentionSum,
    ModulatedNorm feedNorm,
    Tensor up,
    Tensor upBias,
    Tensor down,
    GatedSum feedSum)
    implements TransformerLayer {
  /** Base of the rotary angles. */
  private static final double THETA = 10_000;

  static DitLayer load(DitArchitecture shape, int layer, CheckpointTensors tensors) {
    String name = shape.layer(layer);
    Weights file = tensors.weights();
    TensorOps ops = tensors.ops();
    return new DitLayer(
        Conditioning.modulation(shape, file, name),
        ModulatedNorm.allocate(ops, file.floats(name + "norm1.weight")),
        tensors.fused(name + "attn_qkv.weight"),
        tensors.fused(name + "attn_out.weight"),
        GatedSum.allocate(ops, new float[shape.width()]),
        ModulatedNorm.allocate(ops, file.floats(name + "norm2.weight")),
        tensors.fused(name + "mlp.0.weight"),
        tensors.fused(name + "mlp.0.bias"),
        tensors.fused(name + "mlp.2.weight"),
        GatedSum.allocate(ops, file.floats(name + "mlp.2.bias")));
  }

  /** Takes the time in, for all forward passes until another time. */
  void modulate(TensorOps ops, Conditioning condition) {
    float[][] rows = condition.rows(modulation, 6);
    attentionNorm.modulate(ops, rows[0], rows[1]);
    attentionSum.modulate(ops, rows[2]);
    feedNorm.modulate(ops, rows[3], rows[4]);
    feedSum.modulate(ops, rows[5]);
  }

  @Override
  public void project(TensorOps ops, Activations rows, AttentionShape heads, int[] positions) {
    // adaLN: norm, scale, shift; QKV projection, RoPE
    attentionNorm.apply(ops, rows.stream(), rows.normed());
    ops.linear(rows.normed(), qkv, rows.qkv());
    ops.rotary(rows.qkv(), heads, positions, THETA);
  }

  @Override
  public void feed(TensorOps ops, Activations rows) {
    // output projection, gate, residual
    ops.linear(rows.mixed(), attentionOut, rows.down());
    attentionSum.apply(ops, rows.down(), rows.stream());
    // adaLN, MLP with GELU, gate, residual
    feedNorm.apply(ops, rows.stream(), rows.normed());
    ops.linear(rows.normed(), up, rows.up());
    ops.gelu(rows.up(), upBias);
    ops.linear(rows.up(), down, rows.down());
    feedSum.apply(ops, rows.down(), rows.stream());
  }

  /**
   * How a branch is added to the residual stream, as the time gates it
   * (https://arxiv.org/abs/2212.09748, adaLN-Zero): (x + bias) · gate, which is x · gate + bias ·
   * gate.
   *
   * @param own the bias of the branch's last layer, [width]
   * @param gate [1 × width]
   * @param shift bias · gate, [1 × width]
   */
  record GatedSum(float[] own, Tensor gate, Tensor shift) {
    static GatedSum allocate(TensorOps ops, float[] own) {
      return new GatedSum(own, ops.allocate(1, own.length), ops.allocate(1, own.length));
    }

    void modulate(TensorOps ops, float[] gates) {
      float[] shifts = own.clone();
      for (int i = 0; i < shifts.length; i++) {
        shifts[i] *= gates[i];
      }
      ops.write(gate, 0, gates);
      ops.write(shift, 0, shifts);
    }

    void apply(TensorOps ops, Tensor branch, Tensor stream) {
      ops.addGated(branch, gate, shift, stream);
    }
  }

  /**
   * A norm whose result the time scales and shifts (https://arxiv.org/abs/2212.09748, adaLN). Both
   * are the same at every position, so its own gain takes the scale in.
   *
   * @param own its gain at no time, [width]
   * @param gain [1 × width]
   * @param shift [1 × width]
   */
  record ModulatedNorm(float[] own, Tensor gain, Tensor shift) {
    /** What torch's layer_norm adds to the variance. */
    private static final float EPSILON = 1e-5f;

    static ModulatedNorm allocate(TensorOps ops, float[] own) {
      return new ModulatedNorm(own, ops.allocate(1, own.length), ops.allocate(1, own.length));
    }

    void modulate(TensorOps ops, float[] shifts, float[] scales) {
      float[] gains = own.clone();
      for (int i = 0; i < gains.length; i++) {
        gains[i] *= 1 + scales[i];
      }
      ops.write(gain, 0, gains);
      ops.write(shift, 0, shifts);
    }

    void apply(TensorOps ops, Tensor x, Tensor out) {
      ops.layerNorm(x, gain, shift, EPSILON, out);
    }
  }
}
