package dev.unmask.engine.noise;

/**
 * Replaces a token by a draw from a prior π with probability β_t. With all of π on one token it
 * masks, with π even it is uniform (<a href="https://arxiv.org/abs/2503.04482">GIDD</a>).
 *
 * @param prior π, [V], sums to 1; treat it as immutable
 */
public record PriorKernel(double[] prior) implements RateKernel {
  /** Even over all tokens but one: uniform noise that never masks. */
  public static PriorKernel evenBut(int token, int size) {
    double[] prior = new UniformKernel(size - 1).stationary();
    double[] spread = new double[size];
    for (int other = 0; other < size; other++) {
      spread[other] = other == token ? 0 : prior[0];
    }
    return new PriorKernel(spread);
  }

  @Override
  public int size() {
    return prior.length;
  }

  @Override
  public Transition exponential(double sigma) {
    double keep = Math.exp(-sigma);
    double[] drawn = prior.clone();
    for (int token = 0; token < drawn.length; token++) {
      drawn[token] *= 1 - keep;
    }
    return new InterpolatingTransition(keep, drawn);
  }

  @Override
  public double[] stationary() {
    return prior.clone();
  }
}
