package dev.unmask.engine.run;

import java.util.List;

/**
 * A model while it learns. All that a step of training reads of those before it is among its
 * numbers, so that it can go on from any step that was recorded. Used by one thread at a time.
 */
public interface Learner extends AutoCloseable {
  /** What each of its losses is called. */
  List<String> losses();

  /** Weights, what the optimizer remembers, and whatever else a step changes: a copy. */
  float[] numbers();

  /** How many numbers there are. */
  int size();

  /**
   * Makes it what it was with these numbers.
   *
   * @throws dev.unmask.engine.InputException if there are more or fewer than it has
   */
  void become(float[] numbers);

  /**
   * One step of training.
   *
   * @param step how many there were before
   * @param seed of its random numbers
   * @return each loss of the step; NaN for one that was not asked for
   */
  float[] train(int step, long seed);

  /** Frees the memory that it holds outside the heap. */
  @Override
  void close();
}
