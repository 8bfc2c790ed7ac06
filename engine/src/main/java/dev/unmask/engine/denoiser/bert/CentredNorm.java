package dev.unmask.engine.denoiser.bert;

import dev.unmask.engine.denoiser.CheckpointTensors;
import dev.unmask.engine.tensor.Tensor;
import dev.unmask.engine.tensor.TensorOps;

/**
 * A layer norm's weights (https://arxiv.org/abs/1607.06450).
 *
 * @param gain [1 × width]
 * @param shift [1 × width]
 * @param epsilon what is added to the variance
 */
record CentredNorm(Tensor gain, Tensor shift, float epsilon) {
  static CentredNorm load(BertArchitecture shape, String name, CheckpointTensors tensors) {
    NormNames names = NormNames.of(tensors.weights(), name);
    return new CentredNorm(
        tensors.fused(name + names.gain()), tensors.fused(name + names.shift()), shape.epsilon());
  }

  /** In place. */
  void apply(TensorOps ops, Tensor x) {
    ops.layerNorm(x, gain, shift, epsilon, x);
  }
}
