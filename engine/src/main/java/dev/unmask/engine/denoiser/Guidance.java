package dev.unmask.engine.denoiser;

import java.util.Arrays;

/**
 * Classifier-free guidance: a second, unconditional row is evaluated and the logits are pushed away
 * from it.
 *
 * @param scale w; 0 means no push (https://arxiv.org/abs/2207.12598, equation 6)
 * @param unconditional the ids of the unconditional row, as long as the request's
 */
public record Guidance(float scale, int[] unconditional) {
  @Override
  public boolean equals(Object other) {
    return other instanceof Guidance(float s, int[] ids)
        && s == scale
        && Arrays.equals(ids, unconditional);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(unconditional);
  }

  /** Overwrites a row's conditional logits with the guided ones: u + (w + 1)(c − u), in float32. */
  public void apply(float[] conditional, float[] unconditionalLogits) {
    for (int v = 0; v < conditional.length; v++) {
      conditional[v] =
          unconditionalLogits[v] + (scale + 1) * (conditional[v] - unconditionalLogits[v]);
    }
  }
}
