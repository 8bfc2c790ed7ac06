package dev.unmask.engine.noise;

import dev.unmask.engine.InputException;
import java.util.Arrays;
import java.util.Comparator;
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

  private NearestNeighbourKernel(SparseRates rates) {
    this.rates = rates;
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
    if (neighbours < 1 || neighbours >= size) {
      throw new InputException(
          "Among %d tokens none has %d neighbours; give a number from 1 to %d."
              .formatted(size, neighbours, size - 1));
    }
    double[][] units = new double[size][];
    for (int token = 0; token < size; token++) {
      units[token] = unit(token, embeddings[token]);
    }
    List<TreeMap<Integer, Double>> adjacency =
        IntStream.range(0, size).mapToObj(_ -> new TreeMap<Integer, Double>()).toList();
    int[][] nearest =
        IntStream.range(0, size)
            .parallel()
            .mapToObj(token -> token == mask ? new int[0] : nearest(units, token, neighbours, mask))
            .toArray(int[][]::new);
    for (int token = 0; token < size; token++) {
      for (int neighbour : nearest[token]) {
        adjacency.get(token).merge(neighbour, 0.5 / neighbours, Double::sum);
        adjacency.get(neighbour).merge(token, 0.5 / neighbours, Double::sum);
      }
    }
    return new NearestNeighbourKernel(new SparseRates(adjacency));
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

  private static int[] nearest(double[][] units, int token, int count, int mask) {
    double[] cosine = Arrays.stream(units).mapToDouble(other -> dot(units[token], other)).toArray();
    return IntStream.range(0, units.length)
        .filter(other -> other != token && other != mask)
        .boxed()
        .sorted(Comparator.comparingDouble(other -> -cosine[other]))
        .limit(count)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
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
    Arrays.fill(stationary, 1.0 / size());
    return stationary;
  }
}
