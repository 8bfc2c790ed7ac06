package dev.unmask.engine.random;

/**
 * The random numbers of one step. A sampler asks for whole tensors by shape, in the order of its
 * reference, and reads the rows it wants.
 */
public interface RandomSource {
  /**
   * Uniform float64 numbers in [0, 1).
   *
   * @return one array of {@code columns} numbers for each wanted row, in the order of {@code
   *     rows.wanted()}
   */
  double[][] uniform64(Purpose purpose, Rows rows, int columns);

  /** Uniform float32 numbers in [0, 1), shaped as {@link #uniform64}. */
  float[][] uniform32(Purpose purpose, Rows rows, int columns);

  /**
   * Whole numbers from 0 to {@code below − 1}, all equally probable.
   *
   * @return one for each wanted row, in the order of {@code rows.wanted()}
   */
  int[] integers(Purpose purpose, Rows rows, int below);

  /**
   * Numbers drawn so far from each sequential generator since the start of the run; empty if there
   * is none.
   */
  long[] draws();
}
