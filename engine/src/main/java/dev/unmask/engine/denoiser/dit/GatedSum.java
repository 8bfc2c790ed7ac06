package dev.unmask.engine.denoiser.dit;

import dev.unmask.engine.tensor.Tensor;
import dev.unmask.engine.tensor.TensorOps;

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
