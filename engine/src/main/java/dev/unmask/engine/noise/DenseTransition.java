package dev.unmask.engine.noise;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** A transition of which every entry is stored, for kernels that have no closed form. */
public final class DenseTransition implements Transition {
  private final double[][] rows;

  /**
   * Of entries.
   *
   * @param rows [V][V], not copied, each summing to one
   */
  DenseTransition(double[][] rows) {
    this.rows = rows;
  }

  /** Keeps every token. */
  static DenseTransition identity(int size) {
    double[][] rows = new double[size][size];
    for (int token = 0; token < size; token++) {
      rows[token][token] = 1;
    }
    return new DenseTransition(rows);
  }

  /** One transition and then another, in V³ operations. */
  static DenseTransition product(Transition first, Transition next) {
    if (first.size() != next.size()) {
      throw new IllegalArgumentException(
          "transitions of %d and of %d tokens".formatted(first.size(), next.size()));
    }
    return new DenseTransition(
        IntStream.range(0, first.size())
            .mapToObj(from -> next.apply(first.row(from)))
            .toArray(double[][]::new));
  }

  @Override
  public int size() {
    return rows.length;
  }

  @Override
  public double probability(int from, int to) {
    return rows[from][to];
  }

  @Override
  public double[] row(int from) {
    return rows[from].clone();
  }

  @Override
  public double[] column(int to) {
    return Arrays.stream(rows).mapToDouble(row -> row[to]).toArray();
  }

  @Override
  public double[] apply(double[] p) {
    double[] result = new double[size()];
    for (int from = 0; from < result.length; from++) {
      double mass = p[from];
      if (mass != 0) {
        double[] row = rows[from];
        for (int to = 0; to < result.length; to++) {
          result[to] += mass * row[to];
        }
      }
    }
    return result;
  }

  /** By Gauss and Jordan's elimination, in V³ operations. */
  @Override
  public double[] undo(double[] q) {
    double[] solution = q.clone();
    double[][] columns = IntStream.range(0, size()).mapToObj(this::column).toArray(double[][]::new);
    for (int pivot = 0; pivot < solution.length; pivot++) {
      exchange(columns, solution, pivot, greatest(columns, pivot));
      for (int other = 0; other < solution.length; other++) {
        double factor = columns[other][pivot] / columns[pivot][pivot];
        if (other != pivot && factor != 0) {
          solution[other] -= factor * solution[pivot];
          for (int token = pivot; token < solution.length; token++) {
            columns[other][token] -= factor * columns[pivot][token];
          }
        }
      }
    }
    for (int token = 0; token < solution.length; token++) {
      solution[token] /= columns[token][token];
    }
    return solution;
  }

  private static int greatest(double[][] columns, int pivot) {
    return IntStream.range(pivot, columns.length)
        .boxed()
        .max(Comparator.comparingDouble(row -> Math.abs(columns[row][pivot])))
        .orElseThrow();
  }

  private static void exchange(double[][] columns, double[] values, int a, int b) {
    double[] column = columns[a];
    columns[a] = columns[b];
    columns[b] = column;
    double value = values[a];
    values[a] = values[b];
    values[b] = value;
  }

  @Override
  public double entropy(int from) {
    return Probability.entropy(rows[from]);
  }

  @Override
  public Transition then(Transition next) {
    return product(this, next);
  }
}
