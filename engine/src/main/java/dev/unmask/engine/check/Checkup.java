package dev.unmask.engine.check;

import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Asks all checks of the steps of a run of tokens, each step once, when it is first asked about:
 * what grows while it is looked at costs as much as what is there already. For any thread.
 */
public final class Checkup {
  private final Trace<TokenState, TokenRecord> trace;
  private final IntFunction<TokenSampler> samplers;
  private final Vocabulary vocabulary;
  private final List<Check.Watch<Moment>> watches = Checks.ALL.stream().map(Check::tokens).toList();
  private final List<List<Finding>> found = new ArrayList<>();

  /**
   * Of a trace.
   *
   * @param samplers by the index of the step that each took
   */
  public Checkup(
      Trace<TokenState, TokenRecord> trace,
      IntFunction<TokenSampler> samplers,
      Vocabulary vocabulary) {
    this.trace = trace;
    this.samplers = samplers;
    this.vocabulary = vocabulary;
  }

  /** Step {@code index}, from 0, of those that the trace has. */
  public Moment moment(int index) {
    return Moment.of(this, index);
  }

  /** What shows with step {@code index}, in the order of {@link Checks#ALL}. */
  synchronized List<Finding> at(int index) {
    while (found.size() <= index) {
      Moment next = moment(found.size());
      List<Finding> findings = new ArrayList<>();
      watches.forEach(watch -> findings.addAll(watch.after(next)));
      found.add(List.copyOf(findings));
    }
    return found.get(index);
  }

  /** What shows with the first {@code steps} steps. */
  public Findings upTo(int steps) {
    List<Finding> all = new ArrayList<>();
    for (int index = 0; index < steps; index++) {
      all.addAll(at(index));
    }
    return Findings.of(steps, all);
  }

  TokenSampler sampler(int index) {
    return samplers.apply(index);
  }

  /** What is looked at. */
  public Trace<TokenState, TokenRecord> trace() {
    return trace;
  }

  /** The model's, as far as it is known. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }
}
