package dev.unmask.engine.run;

import dev.unmask.engine.InputException;
import dev.unmask.engine.check.Checkup;
import dev.unmask.engine.check.Moment;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.sampler.own.RefusedSamplerException;
import dev.unmask.engine.sampler.own.SamplerPermission;
import dev.unmask.engine.sampler.own.SamplerRefusal;
import dev.unmask.engine.trace.RecentSteps;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The steps of a trace with the samplers that took them, as its header names them.
 *
 * @param checkup what checks say of its steps
 * @param samplers by the step that they took first
 * @param refusal why one of people's own is not among them, so that its rules are not checked
 */
public record Replay(
    Checkup checkup,
    NavigableMap<Integer, TokenSampler> samplers,
    Optional<SamplerRefusal> refusal) {
  /** A trace does not say which tokens end a text; these are the names that models give them. */
  private static final Set<String> ENDS =
      Set.of("<|endoftext|>", "</s>", "<|im_end|>", "<|eot_id|>", "<|role_end|>", "[SEP]", "<eos>");

  /** Of a trace without its model, by samplers that are built in alone. */
  public static Replay of(Trace<TokenState, TokenRecord> trace) {
    return of(trace, SamplerPermission.NONE);
  }

  /**
   * Of a trace without its model.
   *
   * @param permission which samplers of people's own may be run
   */
  public static Replay of(Trace<TokenState, TokenRecord> trace, SamplerPermission permission) {
    List<String> texts = trace.header().tokens().vocabulary();
    int[] ends =
        IntStream.range(0, texts.size()).filter(i -> ENDS.contains(texts.get(i))).toArray();
    return of(
        trace, new Vocabulary(texts.size(), trace.header().tokens().maskId(), ends), permission);
  }

  /**
   * Of a trace whose model has these tokens.
   *
   * @param permission which samplers of people's own may be run
   */
  public static Replay of(
      Trace<TokenState, TokenRecord> trace, Vocabulary vocabulary, SamplerPermission permission) {
    Trace<TokenState, TokenRecord> read = new RecentSteps<>(trace);
    NavigableMap<Integer, TokenSampler> samplers = new TreeMap<>();
    Optional<SamplerRefusal> refusal = Optional.empty();
    for (TraceHeader.Segment segment : trace.header().segments()) {
      TokenSampler sampler;
      try {
        sampler = sampler(read, segment, vocabulary, permission);
      } catch (RefusedSamplerException e) {
        refusal = refusal.or(() -> Optional.of(e.refusal()));
        sampler = new UnnamedSampler(trace, e.getMessage());
      } catch (InputException e) {
        // An imported trace may name a sampler of another program, or lack what this one remembers.
        sampler = new UnnamedSampler(trace, e.getMessage());
      }
      samplers.put(segment.fromStep(), sampler);
    }
    if (samplers.floorEntry(0) == null) {
      samplers.put(0, new UnnamedSampler(trace, "The trace names no sampler."));
    }
    return new Replay(read, vocabulary, samplers, refusal);
  }

  /** Why the rules of a sampler are not checked, in a sentence; empty if all are. */
  public Optional<String> unchecked() {
    return samplers.values().stream()
        .filter(UnnamedSampler.class::isInstance)
        .map(sampler -> ((UnnamedSampler) sampler).why())
        .findFirst();
  }

  private Replay(
      Trace<TokenState, TokenRecord> trace,
      Vocabulary vocabulary,
      NavigableMap<Integer, TokenSampler> samplers,
      Optional<SamplerRefusal> refusal) {
    this(
        new Checkup(trace, index -> samplers.floorEntry(index).getValue(), vocabulary),
        samplers,
        refusal);
  }

  /** What the steps are of. */
  public Trace<TokenState, TokenRecord> trace() {
    return checkup.trace();
  }

  private static TokenSampler sampler(
      Trace<TokenState, TokenRecord> read,
      TraceHeader.Segment segment,
      Vocabulary vocabulary,
      SamplerPermission permission) {
    TokenSampler sampler = Samplers.of(segment, permission).create(segment.written(), vocabulary);
    TokenState first = read.state(Math.clamp(segment.fromStep(), 0, read.steps()));
    // Both read what the sampler remembers, of which an older trace may lack a part.
    sampler.block(first);
    sampler.commitsAtMost(first);
    return sampler;
  }

  /** The same where the last sampler is this very one. */
  Replay goingOn(TokenSampler present) {
    NavigableMap<Integer, TokenSampler> named = new TreeMap<>(samplers);
    named.put(named.lastKey(), present);
    return new Replay(
        trace(), checkup.vocabulary(), named, named.size() == 1 ? Optional.empty() : refusal);
  }

  /** The sampler that takes the step after so many. */
  public TokenSampler sampler(int step) {
    return samplers.floorEntry(step).getValue();
  }

  /** Step {@code index}, from 0. */
  public Moment moment(int index) {
    return checkup.moment(index);
  }
}
