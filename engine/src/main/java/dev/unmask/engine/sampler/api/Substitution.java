package dev.unmask.engine.sampler.api;

import dev.unmask.engine.arithmetic.Exponential;
import dev.unmask.engine.denoiser.Distribution;
import dev.unmask.engine.denoiser.Vocabulary;

/**
 * MDLM's parameterization by substitution (https://arxiv.org/abs/2406.07524): a clean token is
 * never the mask. What is already unmasked stays as it is, so such rows are never asked for.
 */
public final class Substitution {
  private Substitution() {}

  /** The softmax of a row's logits, without the mask's if there is one. */
  public static float[] probabilities(float[] logits, Vocabulary vocabulary) {
    int[] impossible = vocabulary.hasMask() ? new int[] {vocabulary.maskId()} : new int[0];
    float[] clean = Logits.without(logits, impossible);
    float normalizer = (float) new Distribution(clean).logOfSum();
    double[] logarithms = new double[clean.length];
    for (int token = 0; token < clean.length; token++) {
      logarithms[token] = clean[token] - normalizer;
    }
    double[] probabilities = new double[clean.length];
    Exponential.of(logarithms, clean.length, probabilities);
    return Logits.floats(probabilities);
  }
}
