package dev.unmask.engine.noise;

/** A kernel's chain, as fast as a schedule says. */
public record RateProcess(RateKernel kernel, AlphaSchedule schedule) implements ContinuousProcess {
  @Override
  public Transition through(double t) {
    return kernel.exponential(schedule.sigma(t));
  }

  @Override
  public Transition between(double s, double t) {
    return kernel.exponential(schedule.sigma(t) - schedule.sigma(s));
  }

  @Override
  public Transition identity() {
    return kernel.identity();
  }
}
