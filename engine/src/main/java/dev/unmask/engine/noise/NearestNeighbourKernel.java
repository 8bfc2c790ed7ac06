package dev.unmask.engine.noise;

import dev.unmask.engine.InputException;
import dev.unmask.engine.arithmetic.EachRow;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Moves tokens to those with near embeddings (<a href="https://arxiv.org/abs/2107.03006">D3PM</a>,
 * appendix A.2.4): Q_t = exp(σ_t R), where R has the rates A = (G + Gᵀ) / 2k off its diagonal and G
 * joins each token to its k nearest neighbours. R is symmetric, so the uniform distribution is
 * stationary; a graph in pieces never forgets in which of them a token began.
 */
public final class NearestNeighbourKernel implements RateKernel {
  /** Of more tokens, only rows are computed. */
  private static final int LARGEST_DENSE = 128;

  private final SparseRates rates;
  private final int mask;

  private NearestNeighbourKernel(SparseRates rates, int mask) {
    this.rates = rates;
    this.mask = mask;
  }

  /**
   * Of embeddings, which are compared by their cosine; the lower token wins a tie.
   *
   * @param embeddings [V][any], none of them all zeros
   * @param neighbours k, from 1 to V − 1
   */
  public static NearestNeighbourKernel of(double[][] embeddings, int neighbours) {
    return of(embeddings, neighbours, -1);
  }

  /**
   * Of embeddings, but for the mask, which neither moves nor is moved to.
   *
   * @param mask −1 if there is none
   */
  public static NearestNeighbourKernel of(double[][] embeddings, int neighbours, int mask) {
    int size = embeddings.length;
    int moving = mask < 0 ? size : size - 1;
    if (neighbours < 1 || neighbours >= moving) {
      throw new InputException(
          "Among %d tokens none has %d neighbours; give a number from 1 to %d."
              .formatted(moving, neighbours, moving - 1));
    }
    double[][] units = new double[size][];
    for (int token = 0; token < size; token++) {
      units[token] = unit(token, embeddings[token]);
    }
    List<TreeMap<Integer, Double>> adjacency =
        IntStream.range(0, size).mapToObj(_ -> new TreeMap<Integer, Double>()).toList();
    int[][] nearest = new int[size][];
    EachRow.of(
        size,
        size,
        token ->
            nearest[token] = token == mask ? new int[0] : nearest(units, token, neighbours, mask));
    for (int token = 0; token < size; token++) {
      for (int neighbour : nearest[token]) {
        adjacency.get(token).merge(neighbour, 0.5 / neighbours, Double::sum);
        adjacency.get(neighbour).merge(token, 0.5 / neighbours, Double::sum);
      }
    }
    return new NearestNeighbourKernel(new SparseRates(adjacency), mask);
  }

  private static double[] unit(int token, double[] embedding) {
    double norm = Math.sqrt(dot(embedding, embedding));
    if (!(norm > 0 && norm < Double.POSITIVE_INFINITY)) {
      throw new InputException(
          "The embedding of token %d has no direction; give one that is finite and not zero."
              .formatted(token));
    }
    return Arrays.stream(embedding).map(x -> x / norm).toArray();
  }

  /** By insertion, since few are kept of many. */
  private static int[] nearest(double[][] units, int token, int count, int mask) {
    int[] nearest = new int[count];
    double[] cosines = new double[count];
    Arrays.fill(cosines, Double.NEGATIVE_INFINITY);
    for (int other = 0; other < units.length; other++) {
      double cosine = other == mask ? Double.NEGATIVE_INFINITY : dot(units[token], units[other]);
      if (other != token && cosine > cosines[count - 1]) {
        int place = count - 1;
        for (; place > 0 && cosine > cosines[place - 1]; place--) {
          cosines[place] = cosines[place - 1];
          nearest[place] = nearest[place - 1];
        }
        cosines[place] = cosine;
        nearest[place] = other;
      }
    }
    return nearest;
  }

  /** In four sums, which do not wait for each other. */
  private static double dot(double[] a, double[] b) {
    int even = a.length & -4;
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    for (int i = 0; i < even; i += 4) {
      first += a[i] * b[i];
      second += a[i + 1] * b[i + 1];
      third += a[i + 2] * b[i + 2];
      fourth += a[i + 3] * b[i + 3];
    }
    for (int i = even; i < a.length; i++) {
      first += a[i] * b[i];
    }
    return first + second + (third + fourth);
  }

  @Override
  public int size() {
    return rates.size();
  }

  @Override
  public Transition exponential(double sigma) {
    return size() > LARGEST_DENSE
        ? new SparseTransition(rates, sigma)
        : new RateMatrix(rates.dense()).exponential(sigma);
  }

  @Override
  public double[] stationary() {
    double[] stationary = new double[size()];
    Arrays.fill(stationary, 1.0 / (mask < 0 ? size() : size() - 1));
    if (mask >= 0) {
      stationary[mask] = 0;
    }
    return stationary;
  }
}
