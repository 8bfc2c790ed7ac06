package dev.unmask.engine.corruption;

import dev.unmask.engine.arithmetic.EachRow;
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
  private final int[] clean;
  private final DiscreteProcess process;
  private final double[] stationary;
  private final FixedDraws draws;

  /** q(x_t = x_0 | x_0), [positions][T + 1]. */
  private final double[][] stays;

  /** The x_t that were asked for: t is dragged to and fro, and a row has a whole vocabulary. */
  private final AtomicReferenceArray<int[]> texts;

  private TokenCorruption(
      int[] clean,
      DiscreteProcess process,
      double[] stationary,
      FixedDraws draws,
      double[][] stays,
      int[][] known) {
    this.clean = clean;
    this.process = process;
    this.stationary = stationary;
    this.draws = draws;
    this.stays = stays;
    texts = new AtomicReferenceArray<>(known);
  }

  /**
   * Of a text.
   *
   * @param clean its tokens
   * @param stationary where the noise ends, [V]
   */
  public static TokenCorruption of(
      int[] clean, DiscreteProcess process, double[] stationary, long seed) {
    FixedDraws draws = FixedDraws.of(clean.length, seed);
    double[][] stays = new double[clean.length][process.steps() + 1];
    int[][] known = new int[process.steps() + 1][];
    switch (process.step(1)) {
      case AbsorbingTransition _, UniformTransition _, InterpolatingTransition _ ->
          Arrays.setAll(stays, position -> stays(process, clean[position]));
      case DenseTransition _, SparseTransition _ -> {
        Arrays.setAll(known, t -> new int[clean.length]);
        int[] tokens = Arrays.stream(clean).distinct().toArray();
        EachRow.of(
            tokens.length,
            process.steps() * process.step(1).size(),
            i -> walk(tokens[i], clean, process, draws, stays, known));
      }
    }
    return new TokenCorruption(clean, process, stationary, draws, stays, known);
  }

  private static double[] stays(DiscreteProcess process, int token) {
    return IntStream.rangeClosed(0, process.steps())
        .mapToDouble(t -> process.through(t).probability(token, token))
        .toArray();
  }

  /**
   * Where a row is dear, each is made of the one before, and all that depends on it is worked out
   * as it passes.
   *
   * @param stays gets the columns of the positions with this token, [positions][T + 1]
   * @param texts gets their tokens, [T + 1][positions]
   */
  private static void walk(
      int token,
      int[] clean,
      DiscreteProcess process,
      FixedDraws draws,
      double[][] stays,
      int[][] texts) {
    int[] positions =
        IntStream.range(0, clean.length).filter(position -> clean[position] == token).toArray();
    double[] row = process.marginal(token, 0);
    double[][] clocks =
        Arrays.stream(positions)
            .mapToObj(position -> draws.clocks(position, process.step(1).size()))
            .toArray(double[][]::new);
    for (int t = 0; t <= process.steps(); t++) {
      row = t == 0 ? row : process.step(t).apply(row);
      for (int i = 0; i < positions.length; i++) {
        stays[positions[i]][t] = row[token];
        texts[t][positions[i]] =
            draws.chances()[positions[i]] < row[token]
                ? token
                : FixedDraws.firstToRing(clocks[i], row, token);
      }
    }
  }

  /** The same text with other random numbers. */
  public TokenCorruption withSeed(long seed) {
    return new TokenCorruption(
        clean,
        process,
        stationary,
        FixedDraws.of(clean.length, seed),
        stays,
        new int[steps() + 1][]);
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
    return draws.chances()[position] < stays[position][t]
        ? clean[position]
        : replacement(position, t);
  }

  private int replacement(int position, int t) {
    double[] row = process.marginal(clean[position], t);
    // Under absorbing noise it is the mask, and a clock for each token of the vocabulary is dear.
    return process.step(1) instanceof AbsorbingTransition absorbing
        ? absorbing.mask()
        : FixedDraws.firstToRing(draws.clocks(position, row.length), row, clean[position]);
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

  /**
   * The random numbers that each position has once and for all, whatever the noise and t.
   *
   * @param chances u of each position, in [0, 1): when it is left; treat them as immutable
   */
  record FixedDraws(Philox random, double[] chances) {
    /** So that a run with the same seed draws other numbers. */
    private static final int BEFORE_ALL_STEPS = -1;

    /** For so many positions. */
    static FixedDraws of(int positions, long seed) {
      var random = new Philox(seed, BEFORE_ALL_STEPS);
      Rows rows = Rows.packed(IntStream.range(0, positions).toArray());
      return new FixedDraws(
          random,
          Arrays.stream(random.uniform64(Purpose.ORDER, rows, 1)).mapToDouble(u -> u[0]).toArray());
    }

    /** An exponential clock for each token that may come to a position, [size]. */
    double[] clocks(int position, int size) {
      double[] clocks = random.uniform64(Purpose.NOISE, Rows.packed(new int[] {position}), size)[0];
      Arrays.setAll(clocks, token -> -StrictMath.log1p(-clocks[token]));
      return clocks;
    }

    /** The token whose clock rings first: one out of the row without the clean token. */
    static int firstToRing(double[] clocks, double[] row, int clean) {
      int first = clean;
      double earliest = Double.POSITIVE_INFINITY;
      for (int token = 0; token < row.length; token++) {
        double rings = clocks[token] / row[token];
        if (rings < earliest && row[token] > 0 && token != clean) {
          earliest = rings;
          first = token;
        }
      }
      return first;
    }
  }
}
