package dev.unmask.engine.run;

import dev.unmask.engine.InputException;
import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.sampler.ImageSamplers;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.sampler.own.SamplerPermission;
import dev.unmask.engine.trace.BatchState;
import dev.unmask.engine.trace.ImageRecord;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.RecordedTrace;
import dev.unmask.engine.trace.StepRecord;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.trace.TraceHeader.Edit;
import dev.unmask.engine.trace.TraceHeader.Segment;
import dev.unmask.engine.trace.TrainingRecord;
import dev.unmask.engine.trace.TrainingState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * A run that is to start from a step of another trace, with a change. Its random numbers are the
 * parent's if no seed is given, so that with a counter-based generator it differs from it by the
 * change alone.
 *
 * @param step how many of the parent's steps are kept
 * @param edits of the state after them; none of images
 * @param sampler that goes on, if not the parent's
 * @param settings that are changed; those of another sampler have their defaults if not given, but
 *     for the process of images and their guidance
 * @param seed of the random numbers from then on, if not the parent's
 */
public record Branch(
    TraceHeader.Parent parent,
    int step,
    List<Edit> edits,
    Optional<String> sampler,
    Map<String, String> settings,
    OptionalLong seed) {
  private static final String PROCESS = "process";

  /**
   * The same by samplers that are built in alone: {@link #of(Trace, RunModel.Tokens,
   * SamplerPermission)}.
   */
  public Trace<TokenState, TokenRecord> of(
      Trace<TokenState, TokenRecord> trace, RunModel.Tokens model) {
    return of(trace, model, SamplerPermission.NONE);
  }

  /**
   * The parent's first steps and the edited state after them, which {@link TokenRun#resume} goes on
   * from.
   *
   * @param samplers those of people's own that may be run
   * @throws InputException if the change does not fit the trace or the model, or the sampler may
   *     not be run
   */
  public Trace<TokenState, TokenRecord> of(
      Trace<TokenState, TokenRecord> trace, RunModel.Tokens model, SamplerPermission samplers) {
    checkStep(trace);
    Segment last = segmentAt(trace.header());
    TraceHeader header = header(trace.header(), last, model, samplers);
    TokenState before = trace.state(step);
    TokenSampler next = TokenRun.sampler(model, header, step, samplers);
    TokenState edited = adopted(before, edited(before, model), last, header, next);
    return kept(trace, header, edited, TokenRecord::leadingTo);
  }

  /**
   * The parent's first steps and the state after them, which {@link ImageRun#resume} goes on from.
   * Its noise is that of the sampler's next step: with another grid it is taken there along the
   * line through the last predicted image.
   *
   * @throws InputException if the change does not fit the trace or the model
   */
  public Trace<BatchState, ImageRecord> of(
      Trace<BatchState, ImageRecord> trace, RunModel.Images model) {
    checkStep(trace);
    if (!edits.isEmpty()) {
      throw new InputException(
          "The trace is of images, which have no tokens to change; change its sampler, settings or"
              + " seed.");
    }
    Segment last = segmentAt(trace.header());
    ImageSamplerKind kind = ImageSamplers.named(sampler.orElse(last.sampler()));
    Map<String, String> chosen = new LinkedHashMap<>(last.written());
    if (!kind.name().equals(last.sampler())) {
      Set<String> stay = new HashSet<>(Set.of(ImageRun.GUIDANCE.name()));
      if (kind.offers(PROCESS, chosen.get(PROCESS))) {
        stay.add(PROCESS);
      }
      chosen.keySet().retainAll(stay);
    }
    chosen.putAll(settings);
    Segment segment =
        new Segment(
            step,
            kind.name(),
            Settings.of(ImageRun.settings(kind), chosen).byName(),
            List.of(),
            Optional.empty(),
            seed(last));
    TraceHeader header = header(trace.header(), segment, TraceHeader.WRITER);
    BatchState state = ImageRun.branched(model, trace, header);
    return kept(trace, header, state, ImageRecord::leadingTo);
  }

  /**
   * The parent's first states, which {@link TrainingRun#resume} goes on from.
   *
   * @throws InputException if the change does not fit the trace or the model
   */
  public Trace<TrainingState, TrainingRecord> of(
      Trace<TrainingState, TrainingRecord> trace, RunModel.Training model) {
    checkStep(trace);
    if (!edits.isEmpty() || sampler.isPresent()) {
      throw new InputException(
          "The trace is of a training, which has no tokens and no sampler to change; change its"
              + " settings or seed.");
    }
    Segment last = segmentAt(trace.header());
    Map<String, String> chosen = new LinkedHashMap<>(last.written());
    chosen.putAll(settings);
    Segment segment =
        new Segment(
            step,
            last.sampler(),
            Settings.of(model.settings(), chosen).byName(),
            List.of(),
            Optional.empty(),
            seed(last));
    TraceHeader header = header(trace.header(), segment, TraceHeader.WRITER);
    return kept(trace, header, trace.state(step), TrainingRecord::leadingTo);
  }

  private void checkStep(Trace<?, ?> trace) {
    if (step < 0 || step > trace.steps()) {
      throw new InputException(
          "The trace has %d steps and not %d; branch at one of 0 to %d."
              .formatted(trace.steps(), step, trace.steps()));
    }
  }

  private <S, T extends StepRecord<S>> Trace<S, T> kept(
      Trace<S, T> trace, TraceHeader header, S state, BiFunction<T, S, T> leadingTo) {
    RecordedTrace<S, T> branch = new RecordedTrace<>(header, step == 0 ? state : trace.state(0));
    for (int i = 0; i < step; i++) {
      T record = trace.step(i);
      branch.append(i == step - 1 ? leadingTo.apply(record, state) : record);
    }
    return branch;
  }

  private OptionalLong seed(Segment last) {
    return seed.isPresent() ? seed : last.seed();
  }

  private Segment segmentAt(TraceHeader header) {
    return header
        .segmentAt(step)
        .orElseThrow(
            () ->
                new InputException(
                    "The trace names no sampler, so no run can branch from it; start a new run."));
  }

  private TraceHeader header(
      TraceHeader old, Segment last, RunModel.Tokens model, SamplerPermission samplers) {
    if (seed.isPresent() && RandomKind.of(old.random()) != RandomKind.PHILOX) {
      throw new InputException(
          "The trace's random numbers (%s) follow one upon the other, so their seed cannot change; leave the seed out."
              .formatted(old.random()));
    }
    SamplerKind kind =
        sampler
            .map(name -> Samplers.named(name, samplers))
            .orElseGet(() -> Samplers.of(last, samplers));
    Map<String, String> chosen =
        kind.name().equals(last.sampler()) ? last.written() : new LinkedHashMap<>();
    chosen.putAll(settings);
    Settings fitted = Settings.of(kind.settings(), chosen).decidedBy(model.denoiser());
    return header(
        old,
        new Segment(step, kind.name(), fitted.byName(), edits, kind.sha256(), seed(last)),
        model.writer());
  }

  private TraceHeader header(TraceHeader old, Segment added, String writer) {
    List<Segment> segments = new ArrayList<>();
    old.segments().stream().filter(s -> s.fromStep() < step).forEach(segments::add);
    segments.add(added);
    return new TraceHeader(
        old.model(),
        old.content(),
        old.noise(),
        old.random(),
        old.seed(),
        List.copyOf(segments),
        Optional.of(parent),
        old.source(),
        writer);
  }

  private TokenState edited(TokenState state, RunModel.Tokens model) {
    int[] tokens = state.tokens().clone();
    byte[] marks = state.marks().clone();
    for (Edit edit : edits) {
      check(edit, state, model);
      if (edit.kind() != Edit.Kind.BAN) {
        tokens[edit.position()] = edit.token();
        marks[edit.position()] |= edit.kind() == Edit.Kind.PIN ? Mark.PINNED : Mark.SET;
      }
    }
    return new TokenState(
        state.step(),
        tokens,
        marks,
        state.time(),
        state.evaluations(),
        state.draws(),
        state.memory());
  }

  private static void check(Edit edit, TokenState state, RunModel.Tokens model) {
    boolean everywhere = edit.kind() == Edit.Kind.BAN && edit.position() == -1;
    if (!everywhere && (edit.position() < 0 || edit.position() >= state.length())) {
      throw new InputException(
          "There is no position %d; choose one of 0 to %d."
              .formatted(edit.position(), state.length() - 1));
    }
    if (edit.token() < 0 || edit.token() >= model.vocabulary().size()) {
      throw new InputException(
          "The model %s has no token %d; choose one of 0 to %d."
              .formatted(model.identity().name(), edit.token(), model.vocabulary().size() - 1));
    }
    boolean given = !everywhere && Mark.given(state.marks()[edit.position()]);
    if (edit.kind() == Edit.Kind.SET && given) {
      throw new InputException(
          "Position %d was given and is never sampled; choose another.".formatted(edit.position()));
    }
  }

  /**
   * What was not changed is left as it is, so that a branch without a change repeats its parent.
   */
  private TokenState adopted(
      TokenState before, TokenState edited, Segment last, TraceHeader header, TokenSampler next) {
    Segment segment = header.segments().getLast();
    TokenState state = edited;
    if (!segment.sampler().equals(last.sampler())) {
      RandomSource numbers =
          RandomKind.of(header.random()).stream(header.seedAt(step))
              .at(edited.step(), edited.draws());
      // What is left is planned over the steps that are left, not over all as at a start.
      state = next.replan(next.adopt(edited, numbers));
    } else if (!segment.settings().equals(last.settings())
        || !Arrays.equals(before.tokens(), edited.tokens())) {
      state = next.replan(edited);
    }
    if (next.finished(state) && changes(segment, last)) {
      throw new InputException(
          "The sampler %s has no steps left at step %d; branch earlier, or set more steps."
              .formatted(segment.sampler(), step));
    }
    return state;
  }

  private boolean changes(Segment segment, Segment last) {
    return !edits.isEmpty()
        || !segment.settings().equals(last.settings())
        || !segment.seed().equals(last.seed());
  }
}
