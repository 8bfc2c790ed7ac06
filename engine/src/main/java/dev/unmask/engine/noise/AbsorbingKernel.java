package dev.unmask.engine.noise;

import dev.unmask.engine.InputException;

/**
 * Masks a token with probability β_t (<a href="https://arxiv.org/abs/2107.03006">D3PM</a>, appendix
 * A.2.2).
 *
 * @param size the number of tokens, the mask included
 * @param mask the absorbing token
 */
public record AbsorbingKernel(int size, int mask) implements RateKernel {
  /** Checks that the mask is one of the tokens. */
  public AbsorbingKernel {
    if (mask < 0 || mask >= size) {
      throw new InputException(
          "The mask %d is none of the %d tokens; give one of them.".formatted(mask, size));
    }
  }

  @Override
  public Transition exponential(double sigma) {
    return new AbsorbingTransition(size, mask, Math.exp(-sigma));
  }

  @Override
  public double[] stationary() {
    double[] stationary = new double[size];
    stationary[mask] = 1;
    return stationary;
  }
}
