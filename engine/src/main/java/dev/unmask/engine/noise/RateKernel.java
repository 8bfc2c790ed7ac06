package dev.unmask.engine.noise;

import dev.unmask.engine.InputException;

/**
 * A kernel that is a continuous-time chain with one rate matrix R, so that its steps are
 * exponentials exp(σ R) and the exponents of consecutive steps add up.
 */
public sealed interface RateKernel extends Kernel
    permits AbsorbingKernel, UniformKernel, PriorKernel, NearestNeighbourKernel {
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
    return exponential(-Math.log1p(-beta));
  }

  @Override
  default Transition identity() {
    return exponential(0);
  }
}
