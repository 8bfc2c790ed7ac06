package dev.unmask.engine.noise;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * The rate matrix R of a chain with symmetric rates of which most are zero: each token moves to few
 * others.
 */
final class SparseRates {
  private final int[][] neighbours;
  private final double[][] rates;

  /** The rate at which each token moves at all, [V]. */
  private final double[] exits;

  /** For each token, the number of the piece of the graph that it is in, [V]. */
  private final int[] pieces;

  /**
   * Of the rates that are not zero.
   *
   * @param rows for each token those to its neighbours, not itself; symmetric
   */
  SparseRates(List<? extends SortedMap<Integer, Double>> rows) {
    neighbours =
        rows.stream()
            .map(row -> row.keySet().stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
    rates =
        rows.stream()
            .map(row -> row.values().stream().mapToDouble(Double::doubleValue).toArray())
            .toArray(double[][]::new);
    exits = Arrays.stream(rates).mapToDouble(row -> Arrays.stream(row).sum()).toArray();
    pieces = pieces(neighbours);
  }

  int size() {
    return rates.length;
  }

  /** All rates, [V][V], 0 on the diagonal. */
  double[][] dense() {
    double[][] all = new double[size()][size()];
    for (int from = 0; from < size(); from++) {
      for (int i = 0; i < rates[from].length; i++) {
        all[from][neighbours[from][i]] = rates[from][i];
      }
    }
    return all;
  }

  /** The greatest rate at which a token moves. */
  double fastest() {
    return Arrays.stream(exits).max().orElse(0);
  }

  /** p (I + R / fastest), [V]. */
  double[] jump(double[] p, double fastest) {
    double[] result = new double[p.length];
    for (int from = 0; from < p.length; from++) {
      if (p[from] != 0) {
        result[from] += p[from] * (1 - exits[from] / fastest);
        for (int i = 0; i < rates[from].length; i++) {
          result[neighbours[from][i]] += p[from] * rates[from][i] / fastest;
        }
      }
    }
    return result;
  }

  /** Where p ends: even over each piece of the graph. */
  double[] limit(double[] p) {
    double[] mass = new double[size()];
    int[] members = new int[size()];
    for (int token = 0; token < size(); token++) {
      mass[pieces[token]] += p[token];
      members[pieces[token]]++;
    }
    return IntStream.of(pieces).mapToDouble(piece -> mass[piece] / members[piece]).toArray();
  }

  private static int[] pieces(int[][] neighbours) {
    int[] pieces = new int[neighbours.length];
    Arrays.fill(pieces, -1);
    Deque<Integer> waiting = new ArrayDeque<>();
    for (int start = 0; start < pieces.length; start++) {
      if (pieces[start] < 0) {
        pieces[start] = start;
        waiting.add(start);
      }
      while (!waiting.isEmpty()) {
        for (int other : neighbours[waiting.remove()]) {
          if (pieces[other] < 0) {
            pieces[other] = start;
            waiting.add(other);
          }
        }
      }
    }
    return pieces;
  }
}
