package dev.unmask.app.session;

import dev.unmask.engine.run.Breakpoint;
import dev.unmask.engine.run.Replay;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where breakpoints are hit in a trace, as far as it was read for each. Never changed: reading on
 * gives another.
 *
 * @param found by the breakpoint's text
 */
public record Hits(Replay replay, Map<String, Found> found) {
  /**
   * Those of one breakpoint.
   *
   * @param steps how many were read
   * @param stops at most one a step, ascending
   */
  public record Found(int steps, List<Stop> stops) {
    private static final Found NOTHING = new Found(0, List.of());
  }

  /** Of a trace, none of which was read yet. */
  public static Hits unread(Replay replay) {
    return new Hits(replay, Map.of());
  }

  /** The same, read up to a step for these breakpoints; what was read of others is forgotten. */
  public Hits read(Collection<Breakpoint> breakpoints, int steps) {
    Map<String, Found> more = new LinkedHashMap<>();
    for (Breakpoint breakpoint : breakpoints) {
      more.put(breakpoint.text(), read(breakpoint, of(breakpoint), steps));
    }
    return new Hits(replay, more);
  }

  private Found read(Breakpoint breakpoint, Found before, int steps) {
    if (before.steps >= steps) {
      return before;
    }
    List<Stop> stops = new ArrayList<>(before.stops);
    for (int index = before.steps; index < steps; index++) {
      Stop.of(breakpoint, replay.moment(index)).ifPresent(stops::add);
    }
    return new Found(steps, List.copyOf(stops));
  }

  private Found of(Breakpoint breakpoint) {
    return found.getOrDefault(breakpoint.text(), Found.NOTHING);
  }

  /** Whether so many steps were read for all of these breakpoints. */
  public boolean cover(Collection<Breakpoint> breakpoints, int steps) {
    return breakpoints.stream().allMatch(breakpoint -> of(breakpoint).steps >= steps);
  }

  /** How many steps hit a breakpoint. */
  public int count(Breakpoint breakpoint) {
    return of(breakpoint).stops.size();
  }

  /** The first hit of these breakpoints after a step. */
  public Optional<Stop> after(int step, Collection<Breakpoint> breakpoints) {
    return all(breakpoints).stream()
        .filter(stop -> stop.step() > step)
        .min(Comparator.comparingInt(Stop::step));
  }

  /** The last one before a step. */
  public Optional<Stop> before(int step, Collection<Breakpoint> breakpoints) {
    return all(breakpoints).stream()
        .filter(stop -> stop.step() < step)
        .max(Comparator.comparingInt(Stop::step));
  }

  /** All hits of these breakpoints, by step. */
  public List<Stop> all(Collection<Breakpoint> breakpoints) {
    return breakpoints.stream()
        .flatMap(breakpoint -> of(breakpoint).stops.stream())
        .sorted(Comparator.comparingInt(Stop::step))
        .toList();
  }
}
