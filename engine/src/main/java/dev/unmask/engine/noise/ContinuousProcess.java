package dev.unmask.engine.noise;

/** Noise in continuous time t in [0, 1]: next to none at 0, next to nothing else at 1. */
public sealed interface ContinuousProcess permits RateProcess, HybridProcess {
  /** q(x_t | x_0). */
  Transition through(double t);

  /**
   * q(x_t | x_s).
   *
   * @param s at most t
   */
  Transition between(double s, double t);

  /** q of no noise at all. */
  Transition identity();

  /** What x_s was, s at most t. */
  default Posterior posterior(double s, double t) {
    return new Posterior(through(s), between(s, t), through(t));
  }

  /** What x_0 was. */
  default Posterior clean(double t) {
    return new Posterior(identity(), through(t), through(t));
  }
}
