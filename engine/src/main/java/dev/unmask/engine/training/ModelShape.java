package dev.unmask.engine.training;

/**
 * The sizes of a LLaDA-architecture transformer.
 *
 * @param width of the residual stream
 * @param keyHeads key and value heads; a divisor of {@code heads}
 * @param hidden width inside the gated feed-forward layer
 * @param vocabulary number of tokens, the mask included
 * @param context the longest sequence
 * @param tied whether the head's matrix is the embedding's
 */
public record ModelShape(
    int layers,
    int width,
    int heads,
    int keyHeads,
    int hidden,
    int vocabulary,
    int context,
    boolean tied) {
  /** Base of the rotary angles. */
  public static final double THETA = 10_000;

  /** What the norms add to the mean square. */
  public static final float EPSILON = 1e-5f;

  /** Width of a head. */
  public int headSize() {
    return width / heads;
  }

  /** Width of keys, and of values. */
  public int keyWidth() {
    return keyHeads * headSize();
  }
}
