package dev.unmask.engine.run;

import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.trace.Breach;
import dev.unmask.engine.trace.Event;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;
import java.util.List;

/**
 * A step that was taken, as breakpoints and invariants see it: what its sampler decided, without
 * what a branch edited afterwards.
 *
 * @param index of the step in the trace, from 0
 * @param sampler that took it
 * @param before the state that it started from
 */
public record Moment(
    Trace<TokenState, TokenRecord> trace,
    int index,
    TokenSampler sampler,
    Vocabulary vocabulary,
    TokenState before,
    TokenRecord step) {
  /** Of a trace that has this step. */
  public Moment(
      Trace<TokenState, TokenRecord> trace,
      int index,
      TokenSampler sampler,
      Vocabulary vocabulary) {
    this(trace, index, sampler, vocabulary, trace.state(index), unedited(trace, index));
  }

  private static TokenRecord unedited(Trace<TokenState, TokenRecord> trace, int index) {
    TokenRecord step = trace.step(index);
    int[] edited =
        trace.header().segments().stream()
            .filter(segment -> segment.fromStep() == index + 1)
            .flatMap(segment -> segment.edits().stream())
            .filter(edit -> edit.kind() != TraceHeader.Edit.Kind.BAN)
            .mapToInt(TraceHeader.Edit::position)
            .toArray();
    if (edited.length == 0) {
      return step;
    }
    TokenStep decision = step.decision();
    int[] tokens = decision.next().tokens().clone();
    int[] old = trace.state(index).tokens();
    for (int position : edited) {
      tokens[position] = old[position];
    }
    return step.leadingTo(decision.next().withTokens(tokens));
  }

  TokenState after() {
    return step.decision().next();
  }

  int predicted(int position) {
    return step.decision().predicted()[position];
  }

  Event event(int position) {
    return Event.at(position, trace.header().tokens().maskId(), before, step.decision());
  }

  /** The token that the event is about: the new one, or the lost one where the mask is back. */
  int token(int position) {
    return switch (event(position)) {
      case REMASKED -> before.tokens()[position];
      case KEPT_MASKED -> predicted(position);
      case NONE, COMMITTED, EDITED, STARTED -> after().tokens()[position];
    };
  }

  /** Whether another token is predicted at a position than the last time it was asked about. */
  boolean changed(int position) {
    int now = predicted(position);
    if (now < 0) {
      return false;
    }
    for (int earlier = index - 1; earlier >= 0; earlier--) {
      int then = trace.step(earlier).decision().predicted()[position];
      if (then >= 0) {
        return then != now;
      }
    }
    return false;
  }

  boolean endsBlock() {
    return sampler.finished(after())
        || sampler.block(after()).index() != sampler.block(before).index();
  }

  /** What it broke of what its sampler declares. */
  public List<Breach> breaches() {
    return Invariants.of(sampler).breaches(this);
  }

  /** The sentence of what it broke at a position. */
  String breach(int position) {
    return breaches().stream()
        .filter(breach -> breach.position() == position)
        .map(Breach::sentence)
        .findFirst()
        .orElseThrow();
  }
}
