package dev.unmask.engine.tensor;

/** A matrix that is read as a table and as a weight, and does not change. */
sealed interface ReadTensor extends Tensor permits FixedTensor, StoredTensor {
  /** out[i] = this[ids[i]]. */
  void embed(int[] ids, HostTensor out);

  /** out = x · thisᵀ + keep · out. */
  void product(Workspace workspace, HostTensor x, float keep, HostTensor out);
}
