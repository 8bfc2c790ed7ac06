package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.noise.RateProcess;
import dev.unmask.engine.sampler.api.SamplerKind;

/**
 * SEDD's Euler sampler, τ-leaping (https://arxiv.org/abs/2310.16834, equation 13): in a step from t
 * to s a position moves to y with the chance (t − s) σ'(t) R(y, x) p_t(y) / p_t(x), where R is the
 * noise's rate; an approximation, better with more steps.
 */
public final class SeddEuler {
  /** As the user meets it. */
  public static final SamplerKind KIND =
      Sedd.kind(
          "sedd-euler",
          "SEDD, Euler",
          "Moves each position at the rate that its scores give; biased when steps are few.",
          SeddEuler::weights);

  private SeddEuler() {}

  /** Noise of these kinds moves to a token at one rate, its prior's, from wherever else. */
  private static double[] weights(
      RateProcess process, float t, float s, int token, double[] scores) {
    double rate = (t - s) * process.schedule().rate(t) * process.kernel().stationary()[token];
    double[] weights = new double[scores.length];
    double moved = 0;
    for (int y = 0; y < weights.length; y++) {
      weights[y] = y == token ? 0 : rate * scores[y];
      moved += weights[y];
    }
    weights[token] = 1 - moved;
    return weights;
  }
}
