package dev.unmask.app.inspector;

import static dev.unmask.app.inspector.RunOf.two;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.inspector.RunOf.Happened;
import dev.unmask.engine.trace.Event;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What the inspector says of the samplers of each family, held against what the step can be seen to
 * have done.
 */
class FamiliesTest {
  @Test
  void aQuotaIsToldWithThePlaceAmongThoseThatWereAsked() {
    RunOf run = RunOf.sampler("llada", "steps", "4", "block", "6");
    assertThat(run.all(Event.KEPT_MASKED)).isNotEmpty();
    for (Happened at : run.all(Event.COMMITTED)) {
      assertThat(run.why(at))
          .startsWith(
              "Committed at step %d: it had confidence %s, %s"
                  .formatted(at.step(), two(run.confidence(at)), place(run, at)));
      assertThat(rank(run, at)).isLessThanOrEqualTo(run.count(at.step(), Event.COMMITTED));
    }
    for (Happened at : run.all(Event.KEPT_MASKED)) {
      assertThat(run.why(at))
          .isEqualTo(
              "Kept masked at step %d: “%s” had confidence %s, %s; the quota was %d."
                  .formatted(
                      at.step(),
                      run.predicted(at),
                      two(run.confidence(at)),
                      place(run, at),
                      run.count(at.step(), Event.COMMITTED)));
      assertThat(rank(run, at)).isGreaterThan(run.count(at.step(), Event.COMMITTED));
    }
  }

  @Test
  void randomRemaskingIsToldAsRandom() {
    RunOf run = RunOf.sampler("llada", "steps", "4", "remasking", "random");
    for (Happened at : run.all(Event.KEPT_MASKED)) {
      assertThat(run.why(at))
          .isEqualTo(
              "Kept masked at step %d: “%s” was ranked at random, %s; the quota was %d."
                  .formatted(
                      at.step(),
                      run.predicted(at),
                      place(run, at),
                      run.count(at.step(), Event.COMMITTED)));
    }
  }

  /** By counting: how many of the step's confidences are greater. */
  private static int rank(RunOf run, Happened at) {
    float[] all = run.record(at.step()).decision().confidence();
    return 1
        + (int) IntStream.range(0, all.length).filter(p -> all[p] > run.confidence(at)).count();
  }

  private static String place(RunOf run, Happened at) {
    float[] all = run.record(at.step()).decision().confidence();
    long asked = IntStream.range(0, all.length).filter(p -> !Float.isNaN(all[p])).count();
    int rank = rank(run, at);
    String ordinal = rank == 1 ? "1st" : rank == 2 ? "2nd" : rank == 3 ? "3rd" : rank + "th";
    return ordinal + " of " + asked;
  }
}
