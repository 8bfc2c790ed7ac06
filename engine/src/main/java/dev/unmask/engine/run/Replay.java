package dev.unmask.engine.run;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.TokenSampler;
import dev.unmask.engine.trace.RecentSteps;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The steps of a trace with the samplers that took them, as its header names them.
 *
 * @param samplers by the step that they took first
 */
public record Replay(
    Trace trace, Vocabulary vocabulary, NavigableMap<Integer, TokenSampler> samplers) {
  /** A trace does not say which tokens end a text; these are the names that models give them. */
  private static final Set<String> ENDS =
      Set.of("<|endoftext|>", "</s>", "<|im_end|>", "<|eot_id|>", "<|role_end|>", "[SEP]", "<eos>");

  /** Of a trace without its model. */
  public static Replay of(Trace trace) {
    List<String> texts = trace.header().vocabulary();
    int[] ends =
        IntStream.range(0, texts.size()).filter(i -> ENDS.contains(texts.get(i))).toArray();
    return of(trace, new Vocabulary(texts.size(), trace.header().maskId(), ends));
  }

  /** Of a trace whose model has these tokens. */
  public static Replay of(Trace trace, Vocabulary vocabulary) {
    Trace read = new RecentSteps(trace);
    try {
      NavigableMap<Integer, TokenSampler> named = new TreeMap<>();
      for (TraceHeader.Segment segment : trace.header().segments()) {
        named.put(segment.fromStep(), sampler(segment, vocabulary));
      }
      if (named.floorEntry(0) != null) {
        TokenSampler first = named.floorEntry(0).getValue();
        // Both read what the sampler remembers, of which an older trace may lack a part.
        first.block(trace.state(0));
        first.commitsAtMost(trace.state(0));
        return new Replay(read, vocabulary, named);
      }
    } catch (InputException e) {
      // An imported trace may name a sampler of another program, or lack what this one remembers.
      return unnamed(read, vocabulary);
    }
    return unnamed(read, vocabulary);
  }

  private static Replay unnamed(Trace trace, Vocabulary vocabulary) {
    return new Replay(trace, vocabulary, new TreeMap<>(Map.of(0, new UnnamedSampler(trace))));
  }

  private static TokenSampler sampler(TraceHeader.Segment segment, Vocabulary vocabulary) {
    Map<String, String> settings = new LinkedHashMap<>();
    segment.settings().forEach((name, value) -> settings.put(name, String.valueOf(value)));
    return Samplers.named(segment.sampler()).create(settings, vocabulary);
  }

  /** The sampler that takes the step after so many. */
  public TokenSampler sampler(int step) {
    return samplers.floorEntry(step).getValue();
  }

  /** Step {@code index}, from 0. */
  public Moment moment(int index) {
    return new Moment(trace, index, sampler(index), vocabulary);
  }
}
