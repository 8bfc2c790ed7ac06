package dev.unmask.engine.noise;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Every kernel over four tokens, and plain arithmetic on whole matrices to check it against. */
final class Kernels {
  static final int SIZE = 4;

  /** Tokens on a half circle, near ones beside each other. */
  static final double[][] EMBEDDINGS = {{1, 0}, {0.9, 0.3}, {0, 2}, {-1, 1}};

  private Kernels() {}

  static Stream<Kernel> all() {
    return Stream.concat(
        rates(), Stream.of(GaussianKernel.of(SIZE), new GaussianKernel(SIZE, 1.5)));
  }

  static Stream<RateKernel> rates() {
    return Stream.of(
        new RateKernel.Absorbing(SIZE, 2),
        new RateKernel.Uniform(SIZE),
        new RateKernel.Prior(new double[] {0.5, 0, 0.2, 0.3}),
        NearestNeighbourKernel.of(EMBEDDINGS, 2));
  }

  static double[][] entries(Transition transition) {
    return IntStream.range(0, transition.size())
        .mapToObj(
            from ->
                IntStream.range(0, transition.size())
                    .mapToDouble(to -> transition.probability(from, to))
                    .toArray())
        .toArray(double[][]::new);
  }

  static double[][] product(double[][] a, double[][] b) {
    return IntStream.range(0, a.length)
        .mapToObj(
            i ->
                IntStream.range(0, a.length)
                    .mapToDouble(
                        j -> IntStream.range(0, a.length).mapToDouble(k -> a[i][k] * b[k][j]).sum())
                    .toArray())
        .toArray(double[][]::new);
  }

  static double sum(double[] values) {
    return DoubleStream.of(values).sum();
  }
}
