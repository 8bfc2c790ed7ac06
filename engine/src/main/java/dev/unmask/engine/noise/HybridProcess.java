package dev.unmask.engine.noise;

/**
 * Masking with some uniform noise, which is most at t = 1/2 (<a
 * href="https://arxiv.org/abs/2503.04482">GIDD</a>, section 4): with c = B √(t(1 − t))^γ and B =
 * 2^γ p_u / (1 − p_u), q(x_t | x_0) keeps with (1 − t) / (1 + c), masks with t / (1 + c) and else
 * draws a token that is not the mask.
 *
 * @param size V, the mask included
 * @param uniform p_u, the greatest share of uniform noise, in [0, 1)
 * @param gamma γ, positive
 * @param clip p_u is at least exp(−clip)
 */
public record HybridProcess(int size, int mask, double uniform, double gamma, double clip)
    implements ContinuousProcess {
  @Override
  public InterpolatingTransition through(double t) {
    double uniformWeight = scale() * StrictMath.pow(t * (1 - t), gamma / 2);
    double total = 1 + uniformWeight;
    double[] drawn = new double[size];
    for (int token = 0; token < size; token++) {
      drawn[token] = (token == mask ? t : uniformWeight / (size - 1)) / total;
    }
    return new InterpolatingTransition((1 - t) / total, drawn);
  }

  @Override
  public InterpolatingTransition between(double s, double t) {
    InterpolatingTransition before = through(s);
    InterpolatingTransition after = through(t);
    double keep = after.keep() / before.keep();
    double[] drawn = after.drawn().clone();
    for (int token = 0; token < size; token++) {
      drawn[token] -= keep * before.drawn()[token];
    }
    return new InterpolatingTransition(keep, drawn);
  }

  @Override
  public InterpolatingTransition identity() {
    return new InterpolatingTransition(1, new double[size]);
  }

  /** B. */
  private double scale() {
    double share = Math.max(StrictMath.exp(-clip), uniform);
    double log = gamma * StrictMath.log(2) + StrictMath.log(share) - StrictMath.log1p(-share);
    return StrictMath.exp(Math.max(-clip, log));
  }
}
