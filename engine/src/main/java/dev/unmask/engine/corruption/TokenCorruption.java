package dev.unmask.engine.corruption;

import dev.unmask.engine.noise.AbsorbingTransition;
import dev.unmask.engine.noise.DenseTransition;
import dev.unmask.engine.noise.DiscreteProcess;
import dev.unmask.engine.noise.InterpolatingTransition;
import dev.unmask.engine.noise.Posterior;
import dev.unmask.engine.noise.SparseTransition;
import dev.unmask.engine.noise.UniformTransition;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.Rows;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/**
 * A text as noise destroys it. Every position has one fixed u, and leaves its token at the time
 * when q(x_t = x_0 | x_0) falls below it; what takes its place has fixed numbers too, an
 * exponential clock for each token, of which the one that rings first at its share of the
 * probability wins. So x_t has its exact distribution at every t, and what is corrupted at t is
 * corrupted later, with nothing flickering in between. Immutable; any thread may ask.
 */
public final class TokenCorruption {
  /** So that a run with the same seed draws other numbers. */
  private static final int BEFORE_ALL_STEPS = -1;

  private final int[] clean;
  private final DiscreteProcess process;
  private final double[] stationary;
  private final Philox random;

  /** q(x_t = x_0 | x_0), [positions][T + 1]. */
  private final double[][] stays;

  /** When each position is left, in [0, 1), [positions]. */
  private final double[] chances;

  /** The x_t that were asked for: t is dragged to and fro, and a row has a whole vocabulary. */
  private final AtomicReferenceArray<int[]> texts;

  private TokenCorruption(
      int[] clean, DiscreteProcess process, double[] stationary, double[][] stays, long seed) {
    this.clean = clean;
    this.process = process;
    this.stationary = stationary;
    this.stays = stays;
    random = new Philox(seed, BEFORE_ALL_STEPS);
    Rows rows = Rows.packed(IntStream.range(0, clean.length).toArray());
    chances =
        Arrays.stream(random.uniform64(Purpose.ORDER, rows, 1)).mapToDouble(u -> u[0]).toArray();
    texts = new AtomicReferenceArray<>(process.steps() + 1);
  }

  /**
   * Of a text.
   *
   * @param clean its tokens
   * @param stationary where the noise ends, [V]
   */
  public static TokenCorruption of(
      int[] clean, DiscreteProcess process, double[] stationary, long seed) {
    int[] distinct = Arrays.stream(clean).distinct().toArray();
    double[][] ofEach =
        Arrays.stream(distinct)
            .parallel()
            .mapToObj(token -> stays(process, token))
            .toArray(double[][]::new);
    double[][] stays =
        Arrays.stream(clean)
            .mapToObj(
                token ->
                    ofEach[
                        IntStream.range(0, distinct.length)
                            .filter(i -> distinct[i] == token)
                            .findFirst()
                            .orElseThrow()])
            .toArray(double[][]::new);
    return new TokenCorruption(clean, process, stationary, stays, seed);
  }

  private static double[] stays(DiscreteProcess process, int token) {
    return switch (process.step(1)) {
      case AbsorbingTransition _, UniformTransition _, InterpolatingTransition _ ->
          IntStream.rangeClosed(0, process.steps())
              .mapToDouble(t -> process.through(t).probability(token, token))
              .toArray();
      case DenseTransition _, SparseTransition _ -> stepByStep(process, token);
    };
  }

  /** Where a probability costs a row, so that none is computed twice. */
  private static double[] stepByStep(DiscreteProcess process, int token) {
    double[] stays = new double[process.steps() + 1];
    double[] row = process.marginal(token, 0);
    stays[0] = row[token];
    for (int t = 1; t < stays.length; t++) {
      row = process.step(t).apply(row);
      stays[t] = row[token];
    }
    return stays;
  }

  /** The same text with other random numbers. */
  public TokenCorruption withSeed(long seed) {
    return new TokenCorruption(clean, process, stationary, stays, seed);
  }

  /** The text's tokens. */
  public int[] clean() {
    return clean.clone();
  }

  /** The noise. */
  public DiscreteProcess process() {
    return process;
  }

  /** T. */
  public int steps() {
    return process.steps();
  }

  /** x_t. */
  public int[] at(int t) {
    return text(t).clone();
  }

  private int[] text(int t) {
    int[] known = texts.get(t);
    if (known == null) {
      known = IntStream.range(0, clean.length).map(position -> at(position, t)).toArray();
      texts.set(t, known);
    }
    return known;
  }

  private int at(int position, int t) {
    return chances[position] < stays[position][t] ? clean[position] : replacement(position, t);
  }

  /** The token whose clock rings first: one out of the row without the clean token. */
  private int replacement(int position, int t) {
    double[] row = process.marginal(clean[position], t);
    row[clean[position]] = 0;
    int[] possible = IntStream.range(0, row.length).filter(token -> row[token] > 0).toArray();
    // Under absorbing noise it is the mask, and a clock for each token of the vocabulary is dear.
    return possible.length == 1 ? possible[0] : firstToRing(position, row, possible);
  }

  private int firstToRing(int position, double[] row, int[] possible) {
    double[] clocks =
        random.uniform64(Purpose.NOISE, Rows.packed(new int[] {position}), row.length)[0];
    int first = clean[position];
    double earliest = Double.POSITIVE_INFINITY;
    for (int token : possible) {
      double rings = -Math.log1p(-clocks[token]) / row[token];
      if (rings < earliest) {
        earliest = rings;
        first = token;
      }
    }
    return first;
  }

  /** q(x_t | x_0) of a position, [V]. */
  public double[] marginal(int position, int t) {
    return process.marginal(clean[position], t);
  }

  /**
   * q(x_{t−1} | x_t, x_0) of a position, at the x_t that it has, [V].
   *
   * @param t from 1
   */
  public double[] posterior(int position, int t) {
    return posterior(t).given(text(t)[position], clean[position]);
  }

  /** What x_{t−1} was, t from 1. */
  Posterior posterior(int t) {
    return process.posterior(t);
  }

  /** The expected share of tokens that are others than they were, in [0, 1]. */
  public double expectedCorrupted(int t) {
    return 1 - Arrays.stream(stays).mapToDouble(curve -> curve[t]).average().orElse(1);
  }

  /** The share of tokens that are others than they were. */
  public double corrupted(int t) {
    int[] noisy = text(t);
    return IntStream.range(0, noisy.length).filter(i -> noisy[i] != clean[i]).count()
        / (double) noisy.length;
  }

  /**
   * α(t): the share of tokens that noise has not touched, as far as it shows. Of the tokens that
   * stand as they were, those are taken off that chance alone would put there; for absorbing and
   * uniform noise that is the schedule's α.
   */
  public double alpha(int t) {
    double chance =
        Arrays.stream(clean).mapToDouble(token -> stationary[token]).average().orElse(0);
    return Math.clamp((1 - expectedCorrupted(t) - chance) / (1 - chance), 0, 1);
  }

  /** α / (1 − α), from ∞ where nothing is touched to 0. */
  public double signalToNoise(int t) {
    double alpha = alpha(t);
    return alpha / (1 - alpha);
  }

  /**
   * T (α_{t−1} − α_t) / (1 − α_t), which tends to −α′ / (1 − α): how much the cross-entropy of a
   * masked token counts in the bound (<a href="https://arxiv.org/abs/2406.07524">MDLM</a>, equation
   * 10).
   *
   * @param t from 1
   */
  public double lossWeight(int t) {
    return steps() * (alpha(t - 1) - alpha(t)) / (1 - alpha(t));
  }
}
