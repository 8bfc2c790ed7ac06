package dev.unmask.app.families;

import dev.unmask.engine.families.Families;
import dev.unmask.engine.families.Family;
import dev.unmask.engine.playground.DataSet;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.trace.TrainingRecord;
import dev.unmask.engine.trace.TrainingState;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A training as far as it is recorded.
 *
 * @param recorded how many states there are, but for the first
 * @param seconds that it took; empty where it was opened
 */
record Training(
    Family family,
    DataSet data,
    Trace<TrainingState, TrainingRecord> trace,
    int recorded,
    Optional<Double> seconds) {
  /** All that there is of one by now. */
  static Training of(Trace<TrainingState, TrainingRecord> trace) {
    TraceHeader header = trace.header();
    return new Training(
        Families.named(header.model().name()),
        DataSet.named(header.training().data()),
        trace,
        trace.steps(),
        Optional.empty());
  }

  /** The same as far as it is by now. */
  Training grown(Optional<Double> seconds) {
    return new Training(family, data, trace, trace.steps(), seconds);
  }

  /** How many states it has in the end, but for the first. */
  int frames() {
    return trace.header().training().frames();
  }

  /** Steps of training behind a state. */
  int stepAt(int frame) {
    return trace.header().training().stepAt(frame);
  }

  /** What was set, as it is written. */
  Map<String, String> settings() {
    return trace.header().segments().getFirst().written();
  }

  /** The losses on the way to a state, with their names; empty before the first. */
  Optional<String> loss(int frame) {
    if (frame == 0) {
      return Optional.empty();
    }
    float[] losses = trace.step(frame - 1).losses();
    return IntStream.range(0, losses.length)
        .filter(i -> !Float.isNaN(losses[i]))
        .mapToObj(
            i ->
                String.format(
                    Locale.ROOT, "%s %.3f", trace.header().training().losses().get(i), losses[i]))
        .reduce((one, two) -> one + ", " + two);
  }
}
