package dev.unmask.engine.corruption;

import dev.unmask.engine.InputException;
import dev.unmask.engine.trace.Candidates;
import dev.unmask.engine.trace.RecordedTrace;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A text's corruption as a trace, whose time rises: its first state is the text and its last what
 * noise left of it. Nothing is predicted on the way.
 */
public final class ForwardTrace {
  private ForwardTrace() {}

  /**
   * From 0 to t.
   *
   * @param t of T
   */
  public static Trace<TokenState, TokenRecord> of(
      Alphabet alphabet, Noise noise, TokenCorruption text, long seed, int t) {
    int length = text.clean().length;
    TraceHeader header =
        new TraceHeader(
            alphabet.identity(),
            new TraceHeader.Tokens(alphabet.texts(), alphabet.vocabulary().maskId(), length, 0),
            noise.kind().word(),
            "philox",
            seed,
            List.of(),
            Optional.empty(),
            Optional.of("forward corruption: " + noise.words()),
            TraceHeader.WRITER);
    RecordedTrace<TokenState, TokenRecord> trace = new RecordedTrace<>(header, state(text, 0));
    for (int step = 1; step <= t; step++) {
      trace.append(step(state(text, step)));
    }
    return trace;
  }

  private static TokenState state(TokenCorruption text, int t) {
    int[] tokens = text.at(t);
    double time = (double) t / text.steps();
    return new TokenState(t, tokens, new byte[tokens.length], time, 0, new long[0], Map.of());
  }

  private static TokenRecord step(TokenState next) {
    int[] none = new int[next.length()];
    Arrays.fill(none, -1);
    float[] unknown = new float[next.length()];
    Arrays.fill(unknown, Float.NaN);
    Candidates nobody = new Candidates(0, new int[0], new float[0]);
    return new TokenRecord(new TokenStep(none, unknown, next), unknown, nobody, -1);
  }

  /**
   * Checks that a trace tells how far its text was corrupted.
   *
   * @throws InputException if it does not
   */
  public static void check(Trace<TokenState, TokenRecord> trace) {
    double first = trace.state(0).time();
    double last = trace.state(trace.steps()).time();
    if (!(first < last)) {
      throw new InputException(
          "The trace is no corruption: its time goes from %s to %s and not up; write one with `unmask corrupt`."
              .formatted(first, last));
    }
  }
}
