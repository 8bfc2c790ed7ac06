package dev.unmask.app.session;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.History;
import dev.unmask.app.picture.Plan;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.run.RunPlan;
import dev.unmask.engine.run.Start;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.own.SamplerPermission;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a person asks to be run.
 *
 * @param model a bundled model's name, or a model folder
 * @param prompt may be empty; {@link dev.unmask.engine.run.Infill} says how gaps are written
 * @param length prompt and answer together, in tokens
 * @param sampler by name
 * @param settings of the sampler, as they were typed; those not given have their defaults
 */
public record RunRequest(
    String model,
    String prompt,
    int length,
    String sampler,
    Map<String, String> settings,
    long seed)
    implements Beginning {
  /**
   * What is run where nothing was asked for: a short story from nothing but masks, by a sampler
   * that takes back some of what it commits.
   */
  public static final RunRequest EXAMPLE =
      new RunRequest("stories", "", 64, "remdm-cap", Map.of("nucleus", "0.4", "eta", "0.02"), 6);

  /** What the command line's options change: LLaDA, whose settings most people know. */
  public static final RunRequest PLAIN = new RunRequest("stories", "", 64, "llada", Map.of(), 1);

  /** What would run a trace again; empty if the trace does not tell. */
  public static Optional<RunRequest> of(Trace<TokenState, TokenRecord> trace) {
    return all(trace).stream().findFirst();
  }

  /** What a trace was made with, a segment each; empty if the trace does not tell. */
  static List<RunRequest> all(Trace<TokenState, TokenRecord> trace) {
    TraceHeader header = trace.header();
    if (header.foreign()) {
      return List.of();
    }
    String prompt = prompt(trace);
    return header.segments().stream()
        .map(
            segment ->
                new RunRequest(
                    header.model().name(),
                    prompt,
                    header.tokens().length(),
                    segment.sampler(),
                    segment.written(),
                    header.seed()))
        .toList();
  }

  /** The same as its prompt and its model were written. */
  RunRequest asWritten(RunRequest asked) {
    return new RunRequest(asked.model, asked.prompt, length, sampler, settings, seed);
  }

  /**
   * Starts what is asked for, on its model.
   *
   * @param samplers those of people's own that may be run
   * @throws dev.unmask.engine.InputException if its parts do not fit together, or its sampler may
   *     not be run
   */
  public TokenRun start(Model opened, RandomKind random, SamplerPermission samplers) {
    return TokenRun.start(
        RunModel.of(opened),
        Start.of(prompt, length, opened),
        new RunPlan<>(Samplers.named(sampler, samplers), settings, random, seed));
  }

  @Override
  public TokenRun start(Model opened, SamplerPermission samplers) {
    return start(opened, RandomKind.PHILOX, samplers);
  }

  @Override
  public String words() {
    return sampler + " " + seed;
  }

  private static String prompt(Trace<TokenState, TokenRecord> trace) {
    return Pins.notation(Frame.of(new History(trace, Plan.of(trace)), 0));
  }
}
