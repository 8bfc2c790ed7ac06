package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.denoiser.Vocabulary;
import java.util.Arrays;

/**
 * One reverse step of an absorbing process, position by position: a masked one becomes token v with
 * weight unmask · p(v) or stays with weight mask; an unmasked one goes back with its probability σ
 * (ReMDM, https://arxiv.org/abs/2503.00307; MDLM's σ is 0).
 *
 * @param unmask weight of the clean tokens together
 * @param mask weight of staying masked
 * @param remask σ of each position
 */
record AbsorbingStep(float unmask, float mask, float[] remask) implements ReverseKernel.Step {
  /** Without remasking, from a chance {@code t} of being masked to a chance {@code s}. */
  static AbsorbingStep ancestral(float t, float s, int length) {
    return new AbsorbingStep(t - s, s, new float[length]);
  }

  /** With one σ for all positions, between two shares of unmasked positions, α_t and α_s. */
  static AbsorbingStep remasking(double alphaT, double alphaS, double sigma, int length) {
    float[] remask = new float[length];
    Arrays.fill(remask, (float) sigma);
    // q_σ(z_s | z_t = m, x): x with weight (α_s − (1 − σ) α_t) / (1 − α_t), m with the rest
    return new AbsorbingStep(
        (float) ((alphaS - (1 - sigma) * alphaT) / (1 - alphaT)),
        (float) ((1 - alphaS - sigma * alphaT) / (1 - alphaT)),
        remask);
  }

  /** The greatest σ with which the marginals stay those of MDLM. */
  static double greatestSigma(double alphaT, double alphaS) {
    // σ_max = min(1, (1 − α_s) / α_t): above it the weight of staying masked were negative
    return alphaT > 0 ? Math.min(1, (1 - alphaS) / alphaT) : 1;
  }

  @Override
  public boolean moves(int position) {
    return remask[position] > 0;
  }

  @Override
  public float[] weights(int position, int token, float[] predicted, Vocabulary vocabulary) {
    return predicted == null ? ofToken(position, token, vocabulary) : ofMask(predicted, vocabulary);
  }

  private float[] ofMask(float[] probabilities, Vocabulary vocabulary) {
    float[] weights = new float[probabilities.length];
    for (int token = 0; token < weights.length; token++) {
      weights[token] = probabilities[token] * unmask;
    }
    weights[vocabulary.maskId()] = mask;
    return weights;
  }

  private float[] ofToken(int position, int token, Vocabulary vocabulary) {
    float[] weights = new float[vocabulary.size()];
    weights[token] = 1 - remask[position];
    weights[vocabulary.maskId()] = remask[position];
    return weights;
  }
}
