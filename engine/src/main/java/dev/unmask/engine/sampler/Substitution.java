package dev.unmask.engine.sampler;

/**
 * MDLM's parameterization by substitution (https://arxiv.org/abs/2406.07524): a clean token is
 * never the mask. What is already unmasked stays as it is, so such rows are never asked for.
 */
final class Substitution {
  private Substitution() {}

  /** p(x_0 | x_t) of a masked position: the softmax of its logits without the mask's. */
  static float[] probabilities(float[] logits, int maskId) {
    float[] clean = Logits.without(logits, new int[] {maskId});
    float greatest = clean[Logits.argmax(clean)];
    double sum = 0;
    for (float logit : clean) {
      sum += Math.exp(logit - greatest);
    }
    float normalizer = (float) (greatest + Math.log(sum));
    for (int token = 0; token < clean.length; token++) {
      clean[token] = (float) Math.exp(clean[token] - normalizer);
    }
    return clean;
  }
}
