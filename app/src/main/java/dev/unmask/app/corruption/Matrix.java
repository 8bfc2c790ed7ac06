package dev.unmask.app.corruption;

import dev.unmask.engine.corruption.Noise;
import dev.unmask.engine.noise.Transition;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A transition matrix as it is shown: whole if it is small, else the rows and columns of some
 * tokens.
 *
 * @param title what it is
 * @param labels of its rows and columns
 * @param whole whether it is all of it
 * @param entries q(column | row)
 */
record Matrix(String title, List<String> labels, boolean whole, double[][] entries) {
  /**
   * Of a transition.
   *
   * @param shown the tokens on the screen
   */
  static Matrix of(String title, Transition transition, int[] shown, IntFunction<String> texts) {
    boolean whole = transition.size() <= Noise.LARGEST_DENSE;
    int[] tokens =
        whole
            ? IntStream.range(0, transition.size()).toArray()
            : Arrays.stream(shown).distinct().toArray();
    double[][] entries =
        Arrays.stream(tokens)
            .parallel()
            .mapToObj(
                from -> {
                  double[] row = transition.row(from);
                  return Arrays.stream(tokens).mapToDouble(to -> row[to]).toArray();
                })
            .toArray(double[][]::new);
    return new Matrix(title, Arrays.stream(tokens).mapToObj(texts).toList(), whole, entries);
  }
}
