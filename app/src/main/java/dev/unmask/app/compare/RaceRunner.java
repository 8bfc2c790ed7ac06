package dev.unmask.app.compare;

import dev.unmask.app.picture.History;
import dev.unmask.app.picture.Look;
import dev.unmask.app.picture.StepView;
import dev.unmask.engine.evaluation.TextBound;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A run in a race, at its end.
 *
 * @param name what it is called
 * @param seconds when each state was there, from 0 for the start; empty where nobody measured
 * @param bound what its text is worth to its model, once that is known
 */
record RaceRunner(String name, History history, double[] seconds, Optional<TextBound> bound) {
  /** What runs race by. */
  enum Clock {
    /** Seconds on this computer. */
    TIME("clock"),
    /** Evaluations of the denoiser. */
    EVALUATIONS("evaluations");

    private final String words;

    Clock(String words) {
      this.words = words;
    }

    /** Its name for people. */
    String words() {
      return words;
    }
  }

  /** A recorded run, whose steps nobody measured. */
  static RaceRunner recorded(String name, History history) {
    return new RaceRunner(name, history, new double[0], Optional.empty());
  }

  /** Whether it can race by a clock. */
  boolean knows(Clock clock) {
    return switch (clock) {
      case TIME -> seconds.length > 0;
      case EVALUATIONS -> evaluations(steps()) >= 0;
    };
  }

  int steps() {
    return seconds.length > 0 ? seconds.length - 1 : history.steps();
  }

  /** When a state is there, in seconds or evaluations. */
  double at(Clock clock, int step) {
    return switch (clock) {
      case TIME -> seconds[step];
      case EVALUATIONS -> Math.max(0, evaluations(step));
    };
  }

  /** When it is at its end. */
  double end(Clock clock) {
    return at(clock, steps());
  }

  /** The last state that is there by then. */
  int step(Clock clock, double then) {
    int step = 0;
    while (step < steps() && at(clock, step + 1) <= then + 1e-12) {
      step++;
    }
    return step;
  }

  /** NFE of a state, −1 if that is not recorded. */
  int evaluations(int step) {
    return history.moment(step).state().evaluations();
  }

  /** How many tokens the run itself has written by a state. */
  int tokens(int step) {
    return (int) Arrays.stream(history.moment(step).since()).filter(since -> since > 0).count();
  }

  /** How many positions were to be written. */
  int answer() {
    return history.moment(0).looks().length - given();
  }

  /** How many were given. */
  int given() {
    return (int) Arrays.stream(history.moment(0).looks()).filter(RaceRunner::isGiven).count();
  }

  private static boolean isGiven(Look look) {
    return look == Look.GIVEN;
  }

  /** Tokens a second over the whole run; empty where nobody measured. */
  OptionalDouble tokensPerSecond() {
    return knows(Clock.TIME) && end(Clock.TIME) > 0
        ? OptionalDouble.of(tokens(steps()) / end(Clock.TIME))
        : OptionalDouble.empty();
  }

  /**
   * The first state in which the text can be read from its beginning: the first position that was
   * not given holds a token that the run wrote.
   */
  OptionalInt firstReadable() {
    OptionalInt first =
        IntStream.range(0, history.moment(0).looks().length)
            .filter(p -> !isGiven(history.moment(0).looks()[p]))
            .findFirst();
    return first.isEmpty()
        ? OptionalInt.empty()
        : IntStream.rangeClosed(1, steps())
            .filter(step -> wrote(history.moment(step), first.getAsInt()))
            .findFirst();
  }

  private static boolean wrote(StepView moment, int position) {
    return moment.since()[position] > 0;
  }

  /** The same with its bound. */
  RaceRunner worth(TextBound known) {
    return new RaceRunner(name, history, seconds, Optional.of(known));
  }
}
