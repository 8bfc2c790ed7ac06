package dev.unmask.engine.denoiser.transformer;

import dev.unmask.engine.tensor.AttentionShape;

/**
 * The sizes that all transformers have.
 *
 * @param width of the residual stream
 * @param keyHeads key and value heads; a divisor of {@code heads}
 * @param up width of the wide side of a feed-forward layer
 * @param down width of what its activation leaves
 * @param vocabulary number of tokens, the mask included
 * @param predicted how many tokens it has logits of: the first ones of the vocabulary
 * @param contextLength the longest sequence that it was made for
 */
public record TransformerShape(
    int width,
    int heads,
    int keyHeads,
    int up,
    int down,
    int vocabulary,
    int predicted,
    int contextLength) {
  /** Width of a head. */
  public int headSize() {
    return width / heads;
  }

  /** Columns of fused queries, keys and values. */
  int qkvColumns() {
    return width + 2 * keyHeads * headSize();
  }

  AttentionShape attention(int sequences, int length) {
    return new AttentionShape(sequences, length, heads, keyHeads, headSize());
  }

  /**
   * Multiply-adds of the products in an evaluation, attention's among them.
   *
   * @param rows positions that go through all layers
   * @param keys positions that each of them attends to
   * @param asked rows of logits
   */
  long multiplyAdds(int layers, int rows, int keys, int asked) {
    long weights = (long) width * (qkvColumns() + width + up + down);
    long layer = weights + 2L * keys * width;
    // Rows that were not asked for end at the last layer's queries, keys and values.
    long last = (long) asked * layer + (long) (rows - asked) * width * qkvColumns();
    return (layers - 1L) * rows * layer + last + (long) asked * width * predicted;
  }

  /**
   * Bytes that a sequence of so many positions takes: activations, what the last layer takes of
   * them for the rows that are asked for, and the logits twice.
   */
  public long workBytes(int length) {
    long row = 5L * width + 2L * qkvColumns() + up + down + 2L * predicted;
    return length * row * Float.BYTES;
  }
}
