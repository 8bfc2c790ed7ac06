package dev.unmask.engine.noise;

import dev.unmask.engine.InputException;
import java.util.Arrays;

/**
 * Replaces a token by any with probability β_t (<a
 * href="https://arxiv.org/abs/2107.03006">D3PM</a>, appendix A.2.1).
 *
 * @param size the number of tokens
 */
public record UniformKernel(int size) implements RateKernel {
  /** Checks that there are tokens. */
  public UniformKernel {
    if (size < 1) {
      throw new InputException("A vocabulary of %d has no tokens; give some.".formatted(size));
    }
  }

  @Override
  public Transition exponential(double sigma) {
    return new UniformTransition(size, Math.exp(-sigma));
  }

  @Override
  public double[] stationary() {
    double[] stationary = new double[size];
    Arrays.fill(stationary, 1.0 / size);
    return stationary;
  }
}
