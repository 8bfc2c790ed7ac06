package dev.unmask.engine.sampler.canvas;

import dev.unmask.engine.random.Multinomial;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.random.Rows;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.trace.Grounds;
import dev.unmask.engine.trace.Measure;
import dev.unmask.engine.trace.Rule;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Draws a few tokens of a uniform process anew, each from its distribution given all others, α ·
 * p(x_0 | others) + (1 − α) / V, which leaves the distribution at that time as it is (
 * https://arxiv.org/abs/2605.22765). In float64, as the reference.
 *
 * <p>Variables ↔ symbols: alpha ↔ α, size ↔ V, token ↔ x_t.
 *
 * @param positions drawn anew in a sweep
 * @param temperature of the choice of positions
 */
record GibbsCorrector(int positions, Selection selection, double temperature) {
  static final Setting.Whole POSITIONS =
      new Setting.Whole(
          "corrector-positions", 1, 1, Setting.Whole.MOST, "Positions corrected in a sweep");
  static final Setting.Choice SELECTION =
      new Setting.Choice(
          "corrector-selection",
          "lowest-log-margin",
          List.of("lowest-log-margin", "lowest-maxprob", "lowest-current-prob", "random"),
          "Which positions are corrected: those whose token leads the others by least, whose most"
              + " probable token or whose token is least probable, or random ones");
  static final Setting.Real SELECTION_TEMPERATURE =
      new Setting.Real(
          "corrector-temperature",
          1.0,
          1e-6,
          1e6,
          "How freely the positions are chosen; towards 0, strictly in order");

  /** How sure a position is; those least sure are corrected first. */
  private enum Selection {
    LOWEST_LOG_MARGIN {
      @Override
      double confidence(double[] logs, int token) {
        double others =
            IntStream.range(0, logs.length)
                .filter(other -> other != token)
                .mapToDouble(other -> logs[other])
                .max()
                .orElse(Double.NEGATIVE_INFINITY);
        return logs[token] - others;
      }
    },
    LOWEST_MAXPROB {
      @Override
      double confidence(double[] logs, int token) {
        return Arrays.stream(logs).max().orElse(Double.NEGATIVE_INFINITY);
      }
    },
    LOWEST_CURRENT_PROB {
      @Override
      double confidence(double[] logs, int token) {
        return logs[token];
      }
    },
    RANDOM {
      @Override
      double confidence(double[] logs, int token) {
        return Double.NaN;
      }

      @Override
      double key(double confidence, double temperature, float uniform) {
        return uniform;
      }
    };

    /**
     * How sure a position is.
     *
     * @param logs the logarithms of its tokens' probabilities given all others
     * @param token the one it has
     */
    abstract double confidence(double[] logs, int token);

    /** What the positions are ordered by, the greatest first: Gumbel noise draws the order. */
    double key(double confidence, double temperature, float uniform) {
      float clamped = Math.max(uniform, 1e-12f);
      float gumbel = (float) -StrictMath.log((float) -StrictMath.log(clamped));
      return -confidence / temperature + gumbel;
    }
  }

  static GibbsCorrector of(Settings settings) {
    String word = settings.get(SELECTION).toUpperCase(Locale.ROOT).replace('-', '_');
    return new GibbsCorrector(
        settings.get(POSITIONS), Selection.valueOf(word), settings.get(SELECTION_TEMPERATURE));
  }

  /** One sweep at a time when so large a share of the tokens is not noise. */
  CanvasRefinement.Refined correct(Canvas canvas, double alpha, RandomSource random) {
    int count = canvas.tokens().length;
    double[][] logs = new double[count][];
    float[] confidence = new float[count];
    double[] keys = new double[count];
    int[] predicted = new int[count];
    float[][] uniform = random.uniform32(Purpose.ORDER, canvas.rows(), 1);
    for (int i = 0; i < count; i++) {
      logs[i] = conditional(canvas.logits()[i], canvas.tokens()[i], alpha);
      double sure = selection.confidence(logs[i], canvas.tokens()[i]);
      keys[i] = selection.key(sure, temperature, uniform[i][0]);
      confidence[i] = (float) sure;
      predicted[i] = argmax(logs[i]);
    }
    int[] tokens = canvas.tokens().clone();
    int[] chosen = greatestFirst(keys);
    int[] drawn = drawn(canvas, chosen, logs, random);
    for (int i = 0; i < chosen.length; i++) {
      tokens[chosen[i]] = drawn[i];
      predicted[chosen[i]] = drawn[i];
    }
    Rule[] rules = new Rule[count];
    Arrays.fill(rules, Rule.UNTOLD);
    for (int i : chosen) {
      rules[i] = Rule.CORRECTED;
    }
    Grounds grounds = Grounds.of(Measure.SCORE, rules);
    return new CanvasRefinement.Refined(
        tokens, predicted, confidence, canvas.logits(), grounds, Map.of());
  }

  /**
   * ln(α · p(x_0 | others) + (1 − α) / V): the evaluation's own token tells less of x_0 (eq. 13).
   */
  private static double[] conditional(float[] logits, int token, double alpha) {
    int size = logits.length;
    // q(x_t | x_0 = x_t) / q(x_t | x_0 ≠ x_t) = 1 + V α / (1 − α)
    double told = alpha < 1 ? StrictMath.log1p(size * alpha / (1 - alpha)) : 0;
    double[] logs = new double[size];
    for (int other = 0; other < size; other++) {
      logs[other] = other == token ? logits[other] - told : logits[other];
    }
    double whole = logarithmOfSum(logs);
    double noise = StrictMath.log1p(-alpha) - StrictMath.log(size);
    for (int other = 0; other < size; other++) {
      logs[other] = logarithmOfSum(StrictMath.log(alpha) + logs[other] - whole, noise);
    }
    return logs;
  }

  private static double logarithmOfSum(double... logs) {
    double greatest = Arrays.stream(logs).max().orElseThrow();
    return greatest
        + StrictMath.log(Arrays.stream(logs).map(log -> StrictMath.exp(log - greatest)).sum());
  }

  private int[] greatestFirst(double[] keys) {
    return IntStream.range(0, keys.length)
        .boxed()
        .sorted(Comparator.comparing(i -> -keys[i]))
        .limit(positions)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** A token for each chosen position, in the order chosen. */
  private static int[] drawn(Canvas canvas, int[] chosen, double[][] logs, RandomSource random) {
    double[][] weights =
        Arrays.stream(chosen)
            .mapToObj(i -> Arrays.stream(logs[i]).map(StrictMath::exp).toArray())
            .toArray(double[][]::new);
    int[] positions = Arrays.stream(chosen).map(i -> canvas.rows().positions()[i]).toArray();
    return Multinomial.draw(
        weights, canvas.vocabularySize(), Purpose.TOKEN, Rows.packed(positions), random);
  }

  private static int argmax(double[] logs) {
    return IntStream.range(0, logs.length)
        .boxed()
        .max(Comparator.<Integer>comparingDouble(token -> logs[token]).thenComparing(t -> -t))
        .orElseThrow();
  }
}
