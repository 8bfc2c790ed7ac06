package dev.unmask.app.session;

import dev.unmask.engine.check.Moment;
import dev.unmask.engine.run.Breakpoint;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where a run was stopped, or a trace is to be looked at.
 *
 * @param step how many steps were taken
 * @param position that it is about, if it is about one
 */
public record Stop(int step, OptionalInt position, String sentence) {
  /** Where the first of some breakpoints is hit by a step, the one of the lowest position. */
  public static Optional<Stop> of(List<Breakpoint> breakpoints, Moment moment) {
    return breakpoints.stream()
        .flatMap(breakpoint -> of(breakpoint, moment).stream())
        .min(Comparator.comparingInt(stop -> stop.position().orElse(Integer.MAX_VALUE)));
  }

  /** Where a breakpoint is hit by a step. */
  static Optional<Stop> of(Breakpoint breakpoint, Moment moment) {
    boolean whole = breakpoint.what().whole();
    return breakpoint
        .hit(moment)
        .map(
            hit ->
                new Stop(
                    hit.step(),
                    whole ? OptionalInt.empty() : OptionalInt.of(hit.position()),
                    hit.sentence()));
  }

  /** For people. */
  public String words() {
    return "Stopped at step %d: %s.".formatted(step, sentence);
  }
}
