package dev.unmask.engine.convert;

import dev.unmask.engine.trace.RecordedTrace;
import dev.unmask.engine.trace.StoredTrace;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TraceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A run out of another tool's file.
 *
 * @param known which tensors of a trace the file tells; the others are unknown
 */
public record Imported(RecordedTrace<TokenState, TokenRecord> trace, Set<String> known) {
  /** What of a trace was not in the file, as words. */
  public List<String> unknown() {
    List<String> words = new ArrayList<>();
    if (trace.header().tokens().maskId() < 0) {
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

  /** Writes it as a trace. */
  public void write(Path file) {
    TraceFile.write(file, trace, known);
  }

  /** As if it had been written and opened. */
  public StoredTrace<TokenState, TokenRecord> stored() {
    return StoredTrace.of(trace, known);
  }
}
