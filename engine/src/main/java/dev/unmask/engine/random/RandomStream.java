package dev.unmask.engine.random;

/** Gives each step of a run its random numbers. */
@FunctionalInterface
public interface RandomStream {
  /**
   * The numbers of a step.
   *
   * @param step from 0
   * @param draws what {@link RandomSource#draws} was after the step before, so that a run can go on
   *     from any step
   */
  RandomSource at(int step, long[] draws);
}
