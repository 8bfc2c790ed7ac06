package dev.unmask.engine.noise;

import dev.unmask.engine.InputException;
import java.util.Arrays;

/**
 * A kernel that is a continuous-time chain with one rate matrix R, so that its steps are
 * exponentials exp(σ R) and the exponents of consecutive steps add up.
 */
public sealed interface RateKernel extends Kernel
    permits RateKernel.Absorbing, RateKernel.Uniform, RateKernel.Prior, NearestNeighbourKernel {
  /**
   * exp(σ R): what happens while an {@link AlphaSchedule}'s σ rises by this much.
   *
   * @param sigma in [0, ∞], both included
   */
  Transition exponential(double sigma);

  /**
   * exp(σ R) with σ = −ln(1 − β).
   *
   * @param beta in [0, 1]
   */
  @Override
  default Transition step(double beta) {
    if (!(beta >= 0 && beta <= 1)) {
      throw new InputException(
          "The schedule's beta %s is no probability; give one from 0 to 1.".formatted(beta));
    }
    return exponential(-StrictMath.log1p(-beta));
  }

  @Override
  default Transition identity() {
    return exponential(0);
  }

  /**
   * Masks a token with probability β_t (<a href="https://arxiv.org/abs/2107.03006">D3PM</a>,
   * appendix A.2.2).
   *
   * @param size the number of tokens, the mask included
   * @param mask the absorbing token
   */
  record Absorbing(int size, int mask) implements RateKernel {
    /** Checks that the mask is one of the tokens. */
    public Absorbing {
      if (mask < 0 || mask >= size) {
        throw new InputException(
            "The mask %d is none of the %d tokens; give one of them.".formatted(mask, size));
      }
    }

    @Override
    public Transition exponential(double sigma) {
      return new AbsorbingTransition(size, mask, StrictMath.exp(-sigma));
    }

    @Override
    public double[] stationary() {
      double[] stationary = new double[size];
      stationary[mask] = 1;
      return stationary;
    }
  }

  /**
   * Replaces a token by any with probability β_t (<a
   * href="https://arxiv.org/abs/2107.03006">D3PM</a>, appendix A.2.1).
   *
   * @param size the number of tokens
   */
  record Uniform(int size) implements RateKernel {
    /** Checks that there are tokens. */
    public Uniform {
      if (size < 1) {
        throw new InputException("A vocabulary of %d has no tokens; give some.".formatted(size));
      }
    }

    @Override
    public Transition exponential(double sigma) {
      return new UniformTransition(size, StrictMath.exp(-sigma));
    }

    @Override
    public double[] stationary() {
      double[] stationary = new double[size];
      Arrays.fill(stationary, 1.0 / size);
      return stationary;
    }
  }

  /**
   * Replaces a token by a draw from a prior π with probability β_t. With all of π on one token it
   * masks, with π even it is uniform (<a href="https://arxiv.org/abs/2503.04482">GIDD</a>).
   *
   * @param prior π, [V], sums to 1; treat it as immutable
   */
  record Prior(double[] prior) implements RateKernel {
    /** Even over all tokens but one: uniform noise that never masks. */
    public static Prior evenBut(int token, int size) {
      double[] prior = new RateKernel.Uniform(size - 1).stationary();
      double[] spread = new double[size];
      for (int other = 0; other < size; other++) {
        spread[other] = other == token ? 0 : prior[0];
      }
      return new Prior(spread);
    }

    @Override
    public int size() {
      return prior.length;
    }

    @Override
    public Transition exponential(double sigma) {
      double keep = StrictMath.exp(-sigma);
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
}
