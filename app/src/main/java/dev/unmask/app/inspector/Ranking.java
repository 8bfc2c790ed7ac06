package dev.unmask.app.inspector;

import dev.unmask.app.picture.Look;
import dev.unmask.app.picture.Moment;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Where a prediction stood among those of its step.
 *
 * @param confidence its own, NaN if none was recorded
 * @param rank from 1, by confidence, among the predictions for masks
 * @param rivals how many those were
 * @param committed how many of them were committed
 * @param byRank whether those were the most confident ones
 */
record Ranking(float confidence, long rank, int rivals, int committed, boolean byRank) {
  static Ranking of(Moment moment, int position) {
    float[] confidence = moment.decision().confidence();
    Look[] looks = moment.looks();
    int[] rivals =
        IntStream.range(0, looks.length)
            .filter(p -> decided(looks[p]) && Float.isFinite(confidence[p]))
            .toArray();
    double least =
        Arrays.stream(rivals)
            .filter(p -> looks[p] == Look.COMMITTED_NOW)
            .mapToDouble(p -> confidence[p])
            .min()
            .orElse(Double.POSITIVE_INFINITY);
    boolean byRank =
        Arrays.stream(rivals)
            .allMatch(p -> looks[p] == Look.COMMITTED_NOW || confidence[p] <= least);
    float own = confidence[position];
    long rank = 1 + Arrays.stream(rivals).filter(p -> confidence[p] > own).count();
    return new Ranking(own, rank, rivals.length, moment.figures().committed(), byRank);
  }

  private static boolean decided(Look look) {
    return look == Look.KEPT_MASKED || look == Look.COMMITTED_NOW;
  }

  /** "had confidence 0.83, 2nd of 15; the quota was 4", as far as it is known. */
  String words() {
    if (Float.isNaN(confidence)) {
      return "had no confidence recorded";
    }
    String standing =
        String.format(
            Locale.ROOT, "had confidence %.2f, %s of %d; ", confidence, ordinal(rank), rivals);
    if (committed == 0) {
      return standing + "none was committed";
    }
    if (committed == rivals) {
      return standing + "all were committed";
    }
    return standing
        + (byRank
            ? "the quota was " + committed
            : "%d %s committed, not by rank".formatted(committed, committed == 1 ? "was" : "were"));
  }

  private static String ordinal(long rank) {
    long tens = rank % 100 / 10;
    return rank
        + (tens == 1
            ? "th"
            : switch ((int) (rank % 10)) {
              case 1 -> "st";
              case 2 -> "nd";
              case 3 -> "rd";
              default -> "th";
            });
  }
}
