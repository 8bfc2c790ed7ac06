package dev.unmask.engine.sampler.api;

import dev.unmask.engine.arithmetic.Ranking;
import java.util.stream.IntStream;

/**
 * Top-p (Holtzman et al. 2020, https://arxiv.org/abs/1904.09751): the most probable tokens, as long
 * as their sum is at most a share of probability.
 *
 * @param mass the share, from 0; 1 leaves all
 * @param exceeds whether the token that takes the sum over the share is left too, as in the paper
 *     and in Duo's program, or not, as in ReMDM's and BD3-LM's
 */
public record Nucleus(double mass, boolean exceeds) {
  /** What a sum of probabilities can be off by is far less. */
  private static final double ROUNDING = 1e-4;

  /** Leaves all. */
  public static final Nucleus ALL = within(1);

  /** Without the token that takes the sum over the share. */
  public static Nucleus within(double mass) {
    return new Nucleus(mass, false);
  }

  /** With the token that takes the sum over the share. */
  public static Nucleus over(double mass) {
    return new Nucleus(mass, true);
  }

  /** The probabilities with only these left, scaled to sum to 1; the greatest is always left. */
  public float[] of(float[] probabilities) {
    if (mass >= 1) {
      return probabilities;
    }
    int[] descending = Ranking.descending(candidates(probabilities, mass), probabilities).toArray();
    int kept = 1;
    double sum = probabilities[descending[0]];
    while (kept < descending.length
        && (float) (exceeds ? sum : sum + probabilities[descending[kept]]) <= (float) mass) {
      sum += probabilities[descending[kept++]];
    }
    float[] nucleus = new float[probabilities.length];
    for (int rank = 0; rank < kept; rank++) {
      nucleus[descending[rank]] = probabilities[descending[rank]] / (float) sum;
    }
    return nucleus;
  }

  /**
   * Tokens among which a nucleus is, far fewer than all, so that they are sorted sooner: those that
   * are left out have together less than half of the probability that a nucleus leaves.
   *
   * @param probabilities that sum to 1, but for rounding
   */
  static IntStream candidates(float[] probabilities, double mass) {
    double left = 1 - mass;
    double least = left > ROUNDING ? left / (2 * probabilities.length) : 0;
    return IntStream.range(0, probabilities.length).filter(token -> probabilities[token] >= least);
  }
}
