package dev.unmask.engine.convert;

import dev.unmask.engine.trace.Invariant;
import dev.unmask.engine.trace.RecordedTrace;
import dev.unmask.engine.trace.StoredTrace;
import dev.unmask.engine.trace.TraceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A run out of another tool's file.
 *
 * @param known which tensors of a trace the file tells; the others are unknown
 */
public record Imported(RecordedTrace trace, Set<String> known) {
  /** What no sampler does, whichever it was. */
  private static final Set<Invariant> ALWAYS =
      EnumSet.of(Invariant.GIVEN_STAYS, Invariant.NO_MASK_PREDICTED, Invariant.CONFIDENCE_FINITE);

  /** What of a trace was not in the file, as words. */
  public List<String> unknown() {
    List<String> words = new ArrayList<>();
    if (trace.header().maskId() < 0) {
      words.add("which token is the mask");
    }
    add(words, "marks", "what was given");
    add(words, "predicted", "the predictions");
    add(words, "confidence", "their confidence");
    words.add("the candidates");
    words.add("the time");
    words.add("the sampler");
    words.add("the random numbers");
    return List.copyOf(words);
  }

  private void add(List<String> words, String column, String what) {
    if (!known.contains(column)) {
      words.add(what);
    }
  }

  /** The first step that breaks each of the rules that hold for every sampler, as sentences. */
  public List<String> breaches() {
    return ALWAYS.stream()
        .flatMap(
            rule ->
                IntStream.range(0, trace.steps())
                    .boxed()
                    .flatMap(
                        step ->
                            rule
                                .check(trace.header().maskId(), trace.state(step), trace.step(step))
                                .stream())
                    .limit(1))
        .map(breach -> "Step %d: %s.".formatted(breach.step(), breach.sentence()))
        .toList();
  }

  /** Writes it as a trace. */
  public void write(Path file) {
    TraceFile.write(file, trace, known);
  }

  /** As if it had been written and opened. */
  public StoredTrace stored() {
    return StoredTrace.of(trace, known);
  }
}
