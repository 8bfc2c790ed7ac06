package dev.unmask.engine.tensor;

/** A float32 matrix that a back end holds; only the operations that made it can look inside. */
public interface Tensor {
  /** Number of rows. */
  int rows();

  /** Number of columns. */
  int columns();
}
