package dev.unmask.engine.noise;

/** A kind of noise: how a token moves in one step, given the schedule's number for that step. */
public sealed interface Kernel permits RateKernel, GaussianKernel {
  /** The number V of tokens. */
  int size();

  /**
   * Q_t of a step.
   *
   * @throws dev.unmask.engine.InputException if beta is outside of the kernel's range
   */
  Transition step(double beta);

  /** Q of no step at all. */
  Transition identity();

  /** A distribution that every step leaves as it is, [V]: the prior p(x_T). */
  double[] stationary();
}
