package dev.unmask.engine.trace;

import java.util.Optional;

/**
 * The record of an image run, growing while the run goes on: with S steps it has S + 1 batches.
 * Safe to read from any thread; what was once there never changes, and its arrays are never written
 * to.
 */
public interface ImageTrace {
  /** What was run. */
  ImageHeader header();

  /** S, the number of whole steps recorded so far. */
  int steps();

  /** x before step {@code index}, or the last one if {@code index} is {@link #steps()}. */
  float[] x(int index);

  /** t of that x, in [0, 1], 0 where it is clean; NaN if unknown. */
  double time(int index);

  /** α of that x = α x_0 + σ ε; NaN if unknown, or where the noise is not Gaussian. */
  double alpha(int index);

  /** σ of that x; NaN if unknown, or where the noise is not Gaussian. */
  double sigma(int index);

  /** x̂0 of a step, shaped as x; empty where nothing was predicted, as in a forward trace. */
  Optional<float[]> predicted(int step);

  /** The predicted noise of a step, shaped as x, where there is one. */
  Optional<float[]> noise(int step);

  /** NFE after a step; −1 if unknown. */
  int evaluations(int step);
}
