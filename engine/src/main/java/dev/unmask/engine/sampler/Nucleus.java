package dev.unmask.engine.sampler;

import java.util.stream.IntStream;

/** Top-p (Holtzman et al. 2020, https://arxiv.org/abs/1904.09751). */
final class Nucleus {
  private Nucleus() {}

  /**
   * The probabilities with only the greatest left, as long as their sum is at most {@code mass},
   * scaled to sum to 1; the greatest of all is always left.
   *
   * @param mass in (0, 1]; 1 leaves all
   */
  static float[] of(float[] probabilities, double mass) {
    if (mass >= 1) {
      return probabilities;
    }
    int[] descending =
        Ranking.descending(IntStream.range(0, probabilities.length), probabilities).toArray();
    int kept = 1;
    double sum = probabilities[descending[0]];
    while (kept < descending.length
        && (float) (sum + probabilities[descending[kept]]) <= (float) mass) {
      sum += probabilities[descending[kept++]];
    }
    float[] nucleus = new float[probabilities.length];
    for (int rank = 0; rank < kept; rank++) {
      nucleus[descending[rank]] = probabilities[descending[rank]] / (float) sum;
    }
    return nucleus;
  }
}
