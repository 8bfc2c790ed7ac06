package dev.unmask.engine.run;

import dev.unmask.engine.FieldException;
import dev.unmask.engine.InputException;
import dev.unmask.engine.check.Checkup;
import dev.unmask.engine.check.Moment;
import dev.unmask.engine.denoiser.Context;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.sampler.own.SamplerPermission;
import dev.unmask.engine.trace.Candidates;
import dev.unmask.engine.trace.RecordedTrace;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** A run of tokens. */
public final class TokenRun extends StepMachine<TokenState, TokenRecord> {
  /** Where there is no token yet. */
  private static final int NOT_REACHED = -1;

  private static final Set<NoiseKind> MASKING = Set.of(NoiseKind.ABSORBING, NoiseKind.HYBRID);

  private final TokenDenoiser denoiser;
  private final Vocabulary vocabulary;
  private final TokenSampler sampler;
  private final SamplerPermission samplers;
  private final RandomKind.Stream random;
  private final RecordedTrace<TokenState, TokenRecord> trace;
  private final Checkup checkup;
  private Prediction latest;
  private TokenState evaluated;

  private TokenRun(
      RunModel.Tokens model,
      TokenSampler sampler,
      SamplerPermission samplers,
      RandomKind.Stream random,
      RecordedTrace<TokenState, TokenRecord> trace) {
    this.denoiser = model.denoiser();
    this.vocabulary = model.vocabulary();
    this.sampler = sampler;
    this.samplers = samplers;
    this.random = random;
    this.trace = trace;
    this.checkup = new Checkup(trace, this::tookStep, vocabulary);
  }

  /** Of the steps before a branch it is not asked which sampler took them. */
  private TokenSampler tookStep(int index) {
    return index < trace.header().segments().getLast().fromStep()
        ? new UnnamedSampler(trace, "It took its steps before this run.")
        : sampler;
  }

  /**
   * A new run.
   *
   * @throws InputException if the settings, the start and the model do not fit together
   */
  public static TokenRun start(
      RunModel.Tokens model, Start.Tokens start, RunPlan<SamplerKind> asked) {
    RunPlan<SamplerKind> plan = asked.fitted(model.denoiser());
    TokenSampler sampler = sampler(model, plan.sampler(), plan.settings());
    int length = start.tokens().length;
    int most = model.denoiser().contextLength();
    if (sampler.reach(length) > most) {
      int fitting = most;
      while (fitting > 1 && sampler.reach(fitting) > most) {
        fitting--;
      }
      throw new FieldException(
          "length",
          Integer.toString(fitting),
          "The length is %d, but the model %s was made for at most %d positions; lower it."
              .formatted(length, model.identity().name(), most));
    }
    checkTokens(model, start.tokens());
    TraceHeader header =
        new TraceHeader(
            model.identity(),
            new TraceHeader.Tokens(
                model.texts(), model.vocabulary().maskId(), length, Candidates.KEPT),
            sampler.noise().word(),
            plan.random().word(),
            plan.seed(),
            List.of(segment(plan)),
            Optional.empty(),
            Optional.empty(),
            model.writer());
    RandomKind.Stream random = plan.random().stream(plan.seed());
    RandomSource numbers = random.at(0, plan.random().start());
    TokenState first =
        sampler.start(start.tokens(), start.marks(), numbers).withDraws(numbers.draws());
    checkRows(model, plan.sampler(), sampler, first);
    checkContext(model, plan.sampler(), sampler.request(first));
    return new TokenRun(
        model, sampler, SamplerPermission.NONE, random, new RecordedTrace<>(header, first));
  }

  private static void checkTokens(RunModel.Tokens model, int[] tokens) {
    int size = model.vocabulary().size();
    for (int token : tokens) {
      if (token != NOT_REACHED && (token < 0 || token >= size)) {
        throw new InputException(
            "The model %s has the tokens 0 to %d and not %d; give it tokens of its own."
                .formatted(model.identity().name(), size - 1, token));
      }
    }
  }

  private static TraceHeader.Segment segment(RunPlan<SamplerKind> plan) {
    SamplerKind kind = plan.sampler();
    return new TraceHeader.Segment(
        0, kind.name(), plan.settings().byName(), List.of(), kind.sha256(), OptionalLong.empty());
  }

  /** The same by samplers that are built in alone. */
  public static TokenRun resume(
      RunModel.Tokens model, Trace<TokenState, TokenRecord> trace, int steps) {
    return resume(model, trace, steps, SamplerPermission.NONE);
  }

  /**
   * A run that repeats the first steps of a trace and goes on from there as the trace did.
   *
   * @param steps how many steps are taken over, at most those of the trace
   * @param samplers those of people's own that may be run
   * @throws InputException if the trace was made with another model, or does not say how, or by a
   *     sampler that may not be run
   */
  public static TokenRun resume(
      RunModel.Tokens model,
      Trace<TokenState, TokenRecord> trace,
      int steps,
      SamplerPermission samplers) {
    TraceHeader kept = trace.header().keeping(Candidates.KEPT);
    // From here on others than the kernels may compute, and then the trace as a whole is not
    // theirs.
    TraceHeader header = model.denoiser().ownKernels() ? kept : kept.writtenBy(TraceHeader.VERSION);
    if (!header.model().sha256().equals(model.identity().sha256())) {
      throw new InputException(
          "The trace was made with another version of the model %s; start a new run."
              .formatted(header.model().name()));
    }
    RandomKind random = RandomKind.of(header.random());
    if (trace.state(0).draws().length != random.start().length) {
      throw new InputException(
          "The trace does not say how many numbers were drawn, so it cannot go on; start a new"
              + " run.");
    }
    checkTokens(model, trace.state(steps).tokens());
    RecordedTrace<TokenState, TokenRecord> copy = new RecordedTrace<>(header, trace.state(0));
    for (int step = 0; step < steps; step++) {
      copy.append(trace.step(step));
    }
    TokenSampler sampler = sampler(model, header, steps, samplers);
    return new TokenRun(model, sampler, samplers, random.stream(header.seedAt(steps)), copy);
  }

  /** The sampler that takes the step after so many. */
  static TokenSampler sampler(
      RunModel.Tokens model, TraceHeader header, int step, SamplerPermission samplers) {
    TraceHeader.Segment segment =
        header
            .segmentAt(step)
            .orElseThrow(
                () ->
                    new InputException(
                        "The trace names no sampler, so it cannot go on; start a new run."));
    SamplerKind kind = Samplers.of(segment, samplers);
    return sampler(model, kind, Settings.of(kind.settings(), segment.written()));
  }

  private static TokenSampler sampler(RunModel.Tokens model, SamplerKind kind, Settings settings) {
    TokenSampler sampler = kind.create(settings, model.vocabulary());
    if (!model.denoiser().knows(sampler.noise())) {
      throw new FieldException(
          "sampler",
          "The sampler %s takes away %s noise, but the model %s was made for %s noise; choose a sampler of that."
              .formatted(
                  kind.name(),
                  sampler.noise().word(),
                  model.identity().name(),
                  Arrays.stream(NoiseKind.values())
                      .filter(model.denoiser()::knows)
                      .map(NoiseKind::word)
                      .collect(Collectors.joining(" or "))));
    }
    if (MASKING.contains(sampler.noise()) && !model.vocabulary().hasMask()) {
      throw new FieldException(
          "sampler",
          "The sampler %s fills masks, but the model %s has no mask; choose another sampler."
              .formatted(kind.name(), model.identity().name()));
    }
    return sampler;
  }

  private static void checkRows(
      RunModel.Tokens model, SamplerKind kind, TokenSampler sampler, TokenState first) {
    RowMeaning given = model.denoiser().rowMeaning();
    if (sampler.rowMeaning() != given && sampler.through(first).isEmpty()) {
      throw new FieldException(
          "sampler",
          "The sampler %s needs rows of %s, but the model %s gives %s; choose another sampler."
              .formatted(
                  kind.name(),
                  sampler.rowMeaning().words(),
                  model.identity().name(),
                  given.words()));
    }
  }

  private static void checkContext(RunModel.Tokens model, SamplerKind kind, Request first) {
    if (first.context() != Context.NONE && !model.denoiser().keepsContext()) {
      throw new FieldException(
          "sampler",
          "The sampler %s with these settings needs a cache of keys and values, which the model %s has not; turn its cache off."
              .formatted(kind.name(), model.identity().name()));
    }
  }

  @Override
  RecordedTrace<TokenState, TokenRecord> recorded() {
    return trace;
  }

  /** What was recorded so far with the samplers that took its steps, as it grows. */
  public Replay replay() {
    return Replay.of(trace, vocabulary, samplers).goingOn(sampler);
  }

  /** The sampler, which says of any state what is planned. */
  public TokenSampler sampler() {
    return sampler;
  }

  /**
   * The step taken last.
   *
   * @throws IllegalStateException if there is none
   */
  public Moment moment() {
    if (trace.steps() == 0) {
      throw new IllegalStateException("no step was taken yet");
    }
    return checkup.moment(trace.steps() - 1);
  }

  @Override
  public boolean finished() {
    return sampler.finished(state());
  }

  @Override
  public int plannedSteps() {
    return sampler.plannedSteps(state());
  }

  @Override
  TokenRecord take(TokenState state, StepTimes.Watch watch) {
    Request request = sampler.request(state);
    boolean again = asksLikeBefore(request);
    Prediction prediction = predict(state, request, again);
    watch.predicted();
    RandomSource numbers = random.at(state.step(), state.draws());
    Prediction asNeeded = as(sampler.rowMeaning(), prediction, request);
    TokenStep decided = sampler.step(state, asNeeded, numbers);
    TokenStep decision =
        again ? decided.leadingTo(decided.next().withEvaluations(state.evaluations())) : decided;
    watch.decided();
    Prediction clean = as(RowMeaning.CLEAN_LOGITS, prediction, request);
    Statistics statistics =
        Statistics.of(clean, request.positions(), state.length(), Candidates.KEPT);
    int context = request.context() instanceof Context.Earlier earlier ? earlier.step() : -1;
    return new TokenRecord(decision, statistics.entropy(), statistics.candidates(), context);
  }

  /**
   * Whether a denoiser that sees no time was asked the same in the step before. It follows from the
   * trace alone, so that a run which was resumed counts as the whole one; a branch asks anew.
   */
  private boolean asksLikeBefore(Request request) {
    int step = trace.steps();
    boolean begins = trace.header().segmentAt(step).orElseThrow().fromStep() == step;
    return !begins
        && !denoiser.seesTime()
        && request.asksLike(sampler.request(trace.state(step - 1)));
  }

  /**
   * A run that was resumed has no prediction yet, and asks again for the one it went on from, at
   * the time of the state that it was of.
   *
   * @param again whether the denoiser would say what it said before
   */
  private Prediction predict(TokenState state, Request request, boolean again) {
    if (!sampler.repeats(state)) {
      if (latest == null || !again) {
        evaluate(state, request);
      }
      evaluated = state;
    } else if (latest == null) {
      int step = trace.steps();
      while (step > 0 && sampler.repeats(trace.state(step))) {
        step--;
      }
      evaluate(trace.state(step), sampler.request(trace.state(step)));
    }
    return latest;
  }

  private void evaluate(TokenState state, Request request) {
    multiplied(denoiser.multiplyAdds(request));
    latest =
        denoiser
            .predict(request.with(sampler.through(state)))
            .usable(
                request.positions(),
                "The model %s answered step %d"
                    .formatted(trace.header().model().name(), state.step() + 1),
                "check the model, the steps before are kept");
    evaluated = state;
  }

  /**
   * Rows of another meaning without what is banned; the same where the sampler does not tell the
   * noise: then they are of the right kind.
   */
  private Prediction as(RowMeaning meaning, Prediction prediction, Request request) {
    Prediction rows =
        sampler
            .through(evaluated)
            .map(noise -> prediction.as(denoiser.rowMeaning(), meaning, request.ids(), noise))
            .orElse(prediction);
    return Bans.at(trace.header(), state().step()).without(rows, request.positions());
  }
}
