package dev.unmask.engine.reference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.engine.InputException;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntUnaryOperator;

/** The first difference between a recording's states and those of a run that repeats it. */
public final class RunComparison {
  /** How far a time in [0, 1] that was computed in float32 may be off. */
  private static final double ROUNDING = 2e-7;

  private RunComparison() {}

  /** What else is compared in a step, counted from 1, before its tokens are. */
  @FunctionalInterface
  public interface Step {
    Optional<String> difference(int step, TokenRecord record);
  }

  /**
   * Takes all steps of a run.
   *
   * @param evaluations the field that tells how many evaluations there were, if it is there
   */
  public static Optional<String> difference(
      Recording recording, TokenRun run, String evaluations, Step also) {
    return difference(recording, run, _ -> 1, evaluations, also);
  }

  /** What was recorded, the start first. */
  public static int[][] states(Recording recording) {
    int[][] states = recording.rows("states");
    if (states.length == 0) {
      throw new InputException(
          recording.file() + " has no states to compare with; record it again.");
    }
    return states;
  }

  /**
   * The same, where a recorded state may be several steps of the run after the one before it.
   *
   * @param steps how many, by the recorded state, from 1
   */
  public static Optional<String> difference(
      Recording recording, TokenRun run, IntUnaryOperator steps, String evaluations, Step also) {
    int[][] states = recording.rows("states");
    if (states.length == 0) {
      throw new InputException(
          "%s has no states to compare with; record it again.".formatted(recording.file()));
    }
    Optional<String> found = Comparison.tokens(0, states[0], reached(run.state()));
    for (int step = 1; step < states.length && found.isEmpty(); step++) {
      if (run.finished()) {
        return Optional.of("step %d: it was recorded, but the run has ended".formatted(step));
      }
      Optional<String> time = Optional.empty();
      for (int left = steps.applyAsInt(step); left > 1 && !run.finished(); left--) {
        time = time.or(() -> time(recording, run));
        run.step();
      }
      time = time.or(() -> time(recording, run));
      TokenRecord record = run.step();
      int[] recorded = states[step];
      int number = step;
      found =
          time.or(() -> also.difference(number, record))
              .or(() -> Comparison.tokens(number, recorded, reached(record.decision().next())));
    }
    if (found.isEmpty() && !run.finished()) {
      return Optional.of("step %d: it was not recorded".formatted(states.length));
    }
    return found.or(() -> evaluations(recording, run, evaluations));
  }

  /**
   * The same of a recording of what each evaluation was asked, slot by slot.
   *
   * @param asked the ids of each request
   * @param result the tokens at the end, of the first positions at least
   */
  public static Optional<String> differenceOfRequests(
      Recording recording, TokenRun run, int[][] asked, int[] result, String evaluations) {
    Optional<String> found = Optional.empty();
    for (int step = 0; step < asked.length && found.isEmpty(); step++) {
      if (run.finished()) {
        return Optional.of("step %d: it was recorded, but the run has ended".formatted(step + 1));
      }
      found = Comparison.tokens(step, asked[step], run.sampler().request(run.state()).ids());
      run.step();
    }
    if (found.isEmpty() && !run.finished()) {
      return Optional.of("step %d: it was not recorded".formatted(asked.length + 1));
    }
    int[] tokens = run.state().tokens();
    int[] came = Arrays.copyOf(tokens, Math.min(tokens.length, result.length));
    return found
        .or(() -> Comparison.tokens(asked.length, result, came))
        .or(() -> evaluations(recording, run, evaluations));
  }

  /** Of the time that the next evaluation is told, if one was recorded. */
  private static Optional<String> time(Recording recording, TokenRun run) {
    int evaluation = run.state().evaluations();
    JsonNode recorded = recording.root().path("t_of_each_forward").path(evaluation);
    if (!recorded.isNumber() || run.sampler().repeats(run.state())) {
      return Optional.empty();
    }
    OptionalDouble told = run.sampler().request(run.state()).time();
    return told.isPresent() && Math.abs(told.getAsDouble() - recorded.asDouble()) <= ROUNDING
        ? Optional.empty()
        : Optional.of(
            "evaluation %d: the time %s was recorded and %s came"
                .formatted(
                    evaluation + 1,
                    recorded,
                    told.isPresent() ? String.valueOf(told.getAsDouble()) : "none"));
  }

  /** The tokens that there are yet: references let a sequence grow where traces fill it. */
  private static int[] reached(TokenState state) {
    return Arrays.stream(state.tokens()).takeWhile(token -> token >= 0).toArray();
  }

  /** Of how many evaluations there were, if a field tells it. */
  public static Optional<String> evaluations(Recording recording, TokenRun run, String field) {
    int came = run.state().evaluations();
    if (!recording.has(field) || recording.whole(field) == came) {
      return Optional.empty();
    }
    return Optional.of(
        "%d evaluations were recorded and %d came".formatted(recording.whole(field), came));
  }
}
