package dev.unmask.engine.random;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Draws from weights as {@code torch.multinomial} does: by exponential clocks, of which the one
 * with the greatest weight / time wins, the first of equals. Every weight takes one number of the
 * source, those that are 0 too. Weights need not sum to 1, but one of each row must be above 0;
 * those in float32 are divided in float32, those in float64 in float64.
 */
public final class Multinomial {
  /** What rounding can add to a score is far less. */
  private static final double NEARLY = 1 - 1e-6;

  private Multinomial() {}

  /**
   * {@code torch.multinomial(weights, 1)}: a column for each row.
   *
   * @param weights one row for each of {@code rows.wanted()}
   * @param columns the length of a row
   */
  public static int[] draw(
      float[][] weights, int columns, Purpose purpose, Rows rows, RandomSource random) {
    double[][] uniform = random.uniform64(purpose, rows, columns);
    int[] drawn = new int[weights.length];
    for (int i = 0; i < drawn.length; i++) {
      float greatest = 0;
      for (int column = 0; column < columns; column++) {
        if (cannotWin(weights[i][column], uniform[i][column], greatest)) {
          continue;
        }
        float score = score(weights[i][column], uniform[i][column]);
        if (score > greatest) {
          greatest = score;
          drawn[i] = column;
        }
      }
    }
    return drawn;
  }

  /** The same from weights in float64. */
  public static int[] draw(
      double[][] weights, int columns, Purpose purpose, Rows rows, RandomSource random) {
    double[][] uniform = random.uniform64(purpose, rows, columns);
    int[] drawn = new int[weights.length];
    for (int i = 0; i < drawn.length; i++) {
      double greatest = 0;
      for (int column = 0; column < columns; column++) {
        if (cannotWin(weights[i][column], uniform[i][column], greatest)) {
          continue;
        }
        double score = score(weights[i][column], uniform[i][column]);
        if (score > greatest) {
          greatest = score;
          drawn[i] = column;
        }
      }
    }
    return drawn;
  }

  /**
   * {@code torch.distributions.Categorical(probs=weights).sample()}: {@link #draw} after each row
   * was divided by its sum, which decides where two clocks nearly tie.
   */
  public static int[] categorical(
      float[][] weights, int columns, Purpose purpose, Rows rows, RandomSource random) {
    float[][] shares = new float[weights.length][columns];
    for (int i = 0; i < shares.length; i++) {
      double sum = 0;
      for (float weight : weights[i]) {
        sum += weight;
      }
      for (int column = 0; column < columns; column++) {
        shares[i][column] = weights[i][column] / (float) sum;
      }
    }
    return draw(shares, columns, purpose, rows, random);
  }

  /**
   * {@code torch.multinomial(weights, count)} of one row, without replacement: so many different
   * positions of a sequence, those of the greatest weight / time first.
   *
   * @param weights one for each position, at least {@code count} of them above 0
   */
  public static int[] positions(float[] weights, int count, Purpose purpose, RandomSource random) {
    int[] all = IntStream.range(0, weights.length).toArray();
    double[][] uniform = random.uniform64(purpose, Rows.packed(all), 1);
    float[] scores = new float[weights.length];
    for (int position : all) {
      scores[position] = score(weights[position], uniform[position][0]);
    }
    return IntStream.of(all)
        .boxed()
        .sorted(Comparator.comparing(position -> -scores[position]))
        .limit(count)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /**
   * Whether a score is less than the greatest so far: a time is at least u. Logarithms are dear,
   * and hardly a column needs one.
   */
  private static boolean cannotWin(double weight, double uniform, double greatest) {
    return weight <= NEARLY * greatest * uniform;
  }

  private static float score(float weight, double uniform) {
    return weight == 0 ? 0 : weight / (float) exponential(uniform);
  }

  private static double score(double weight, double uniform) {
    return weight == 0 ? 0 : weight / exponential(uniform);
  }

  /**
   * A time of rate 1, as torch's {@code exponential_} makes it of a float64 number for tensors of
   * float32 too.
   *
   * @param uniform in [0, 1)
   */
  static double exponential(double uniform) {
    return -StrictMath.log1p(-uniform);
  }
}
