package dev.unmask.engine.denoiser.transformer;

import dev.unmask.engine.tensor.AttentionShape;
import dev.unmask.engine.tensor.TensorOps;

/** A transformer's layer, but for the attention between its two halves, which all share. */
public interface TransformerLayer {
  /**
   * Writes the queries, keys and values of the residual stream, turned to their positions.
   *
   * @param positions one for each row
   */
  void project(TensorOps ops, Activations rows, AttentionShape heads, int[] positions);

  /** Adds what attention mixed to the stream, and then what the feed-forward layer makes of it. */
  void feed(TensorOps ops, Activations rows);
}
