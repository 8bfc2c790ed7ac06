package dev.unmask.app.tokens.inspector;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.History;
import dev.unmask.app.picture.Visible;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.reference.recordings.HashedDenoiser;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.run.RunPlan;
import dev.unmask.engine.run.Start;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.trace.Event;
import dev.unmask.engine.trace.Grounds;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * A whole run of a real sampler on a hashed denoiser of twelve tokens, and what the inspector says
 * of it. Two tokens were given; the last token is the mask, which is never predicted.
 */
record RunOf(Trace<TokenState, TokenRecord> trace, History history) {
  static final int SIZE = 12;
  static final int MASK = SIZE - 1;
  private static final int LENGTH = 14;

  /** An event of a step. */
  record Happened(int step, int position, Event event) {}

  /**
   * On a denoiser that is rarely sure.
   *
   * @param settings by name, as on the command line: {@code "steps", "8"}
   */
  static RunOf sampler(String sampler, String... settings) {
    return with(5, sampler, settings);
  }

  /**
   * On any.
   *
   * @param sharpness the range of its logits: the greater, the surer it is
   */
  static RunOf with(double sharpness, String sampler, String... settings) {
    TokenRun run = start(sharpness, sampler, settings);
    run.finish(_ -> {});
    return new RunOf(run.trace(), History.of(run.trace()));
  }

  /** Before its first step. */
  static TokenRun start(double sharpness, String sampler, String... settings) {
    Map<String, String> named = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      named.put(settings[i], settings[i + 1]);
    }
    var plan = new RunPlan<>(Samplers.named(sampler, _ -> true), named, RandomKind.PHILOX, 7);
    return TokenRun.start(model(sharpness), Start.of(new int[] {3, 4}, LENGTH, MASK), plan);
  }

  static RunModel.Tokens model(double sharpness) {
    HashedDenoiser denoiser =
        new HashedDenoiser(
            3, SIZE, 48, 65536 / sharpness, MASK, OptionalDouble.of(-100), List.of());
    return new RunModel.Tokens(
        new TraceHeader.Model("hashed", "0".repeat(64)),
        IntStream.range(0, SIZE).mapToObj(id -> "t" + id).toList(),
        new Vocabulary(SIZE, MASK, new int[0]),
        denoiser);
  }

  /** All events of a kind. */
  List<Happened> all(Event event) {
    return IntStream.rangeClosed(1, trace.steps())
        .boxed()
        .flatMap(
            step ->
                IntStream.range(2, trace.header().tokens().length())
                    .mapToObj(p -> new Happened(step, p, event(step, p))))
        .filter(happened -> happened.event() == event)
        .toList();
  }

  Event event(int step, int position) {
    return Event.at(position, MASK, trace.state(step - 1), record(step).decision());
  }

  String why(Happened happened) {
    return why(happened.step(), happened.position());
  }

  String why(int step, int position) {
    return Inspection.of(Frame.of(history, step).selecting(position)).why();
  }

  TokenRecord record(int step) {
    return trace.step(step - 1);
  }

  Grounds grounds(int step) {
    return record(step).decision().grounds();
  }

  float confidence(Happened at) {
    return record(at.step()).decision().confidence()[at.position()];
  }

  /** What the step predicted there. */
  String predicted(Happened at) {
    return text(record(at.step()).decision().predicted()[at.position()]);
  }

  /** The token there after the step. */
  String after(Happened at) {
    return text(trace.state(at.step()).tokens()[at.position()]);
  }

  /** The token there before the step. */
  String before(Happened at) {
    return text(trace.state(at.step() - 1).tokens()[at.position()]);
  }

  private String text(int token) {
    return Visible.text(trace.header().tokens().text(token));
  }

  /** How many events of a kind a step had. */
  int count(int step, Event event) {
    return (int)
        IntStream.range(0, trace.header().tokens().length())
            .filter(p -> event(step, p) == event)
            .count();
  }

  static String two(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
