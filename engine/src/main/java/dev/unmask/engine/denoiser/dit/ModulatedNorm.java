package dev.unmask.engine.denoiser.dit;

import dev.unmask.engine.tensor.Tensor;
import dev.unmask.engine.tensor.TensorOps;

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
