package dev.unmask.app.tokens.inspector;

import dev.unmask.app.picture.StepView;
import dev.unmask.engine.trace.Grounds;
import dev.unmask.engine.trace.Rule;
import dev.unmask.engine.trace.TokenStep;
import java.util.stream.IntStream;

/**
 * Where a score stood among those that a step weighed against each other. Of equal ones those come
 * first that were taken, for the sampler knows more digits than the trace.
 *
 * @param rank from 1
 * @param count how many there were
 */
record Place(long rank, long count) {
  static Place of(StepView moment, int position, int mask) {
    Ranked ranked = new Ranked(moment.decision(), mask);
    int[] weighed =
        IntStream.range(0, moment.looks().length)
            .filter(p -> moment.decision().grounds().rule(p).ranks())
            .toArray();
    long ahead = IntStream.of(weighed).filter(p -> ranked.isAhead(p, position)).count();
    return new Place(ahead + 1, weighed.length);
  }

  private record Ranked(TokenStep step, int mask) {
    boolean isAhead(int one, int other) {
      int byScore = Float.compare(score(one), score(other));
      int byFate = byScore == 0 ? Boolean.compare(taken(one), taken(other)) : byScore;
      return byFate == 0 ? one < other : byFate > 0;
    }

    private float score(int position) {
      Grounds grounds = step.grounds();
      float compared = grounds.score(position);
      return Float.isNaN(compared) ? step.confidence()[position] : compared;
    }

    private boolean taken(int position) {
      return step.next().tokens()[position] != mask && step.grounds().rule(position) != Rule.NOISED;
    }
  }

  /** "2nd of 15". */
  String words() {
    return ordinal(rank) + " of " + count;
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
