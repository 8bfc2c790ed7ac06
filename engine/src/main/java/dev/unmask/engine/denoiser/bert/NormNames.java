package dev.unmask.engine.denoiser.bert;

import dev.unmask.engine.safetensors.Weights;

/** What a norm's tensors are called behind its own name. */
record NormNames(String gain, String shift) {
  /** As in a checkpoint: the oldest, which were TensorFlow's, have gamma and beta. */
  static NormNames of(Weights weights, String norm) {
    return weights.entries().containsKey(norm + ".gamma")
        ? new NormNames(".gamma", ".beta")
        : new NormNames(".weight", ".bias");
  }
}
