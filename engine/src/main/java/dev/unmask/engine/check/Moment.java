package dev.unmask.engine.check;

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
 * A step that was taken, as breakpoints and checks see it: what its sampler decided, without what a
 * branch edited afterwards.
 *
 * @param index of the step in the trace, from 0
 * @param sampler that took it
 * @param before the state that it started from
 */
public record Moment(
    Checkup checkup, int index, TokenSampler sampler, TokenState before, TokenRecord step) {
  static Moment of(Checkup checkup, int index) {
    Trace<TokenState, TokenRecord> trace = checkup.trace();
    return new Moment(
        checkup, index, checkup.sampler(index), trace.state(index), unedited(trace, index));
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

  /** Where it is recorded. */
  public Trace<TokenState, TokenRecord> trace() {
    return checkup.trace();
  }

  /** The model's, as far as it is known. */
  public Vocabulary vocabulary() {
    return checkup.vocabulary();
  }

  /** The id of the mask. */
  int mask() {
    return trace().header().tokens().maskId();
  }

  /** The state that its sampler led to. */
  public TokenState after() {
    return step.decision().next();
  }

  /** x̂0 at a position, −1 where none was asked for. */
  public int predicted(int position) {
    return step.decision().predicted()[position];
  }

  /** What happened at a position. */
  public Event event(int position) {
    return Event.at(position, mask(), before, step.decision());
  }

  /** The token that the event is about: the new one, or the lost one where the mask is back. */
  public int token(int position) {
    return switch (event(position)) {
      case REMASKED -> before.tokens()[position];
      case KEPT_MASKED -> predicted(position);
      case NONE, COMMITTED, EDITED, STARTED -> after().tokens()[position];
    };
  }

  /** Whether another token is predicted at a position than the last time it was asked about. */
  public boolean changed(int position) {
    int now = predicted(position);
    if (now < 0) {
      return false;
    }
    for (int earlier = index - 1; earlier >= 0; earlier--) {
      int then = trace().step(earlier).decision().predicted()[position];
      if (then >= 0) {
        return then != now;
      }
    }
    return false;
  }

  /** Whether it is the last one of its block. */
  public boolean endsBlock() {
    return sampler.finished(after())
        || sampler.block(after()).index() != sampler.block(before).index();
  }

  /** What it broke of what its sampler declares. */
  public List<Breach> breaches() {
    return Invariants.of(sampler).breaches(this);
  }

  /** What checks found with it. */
  public List<Finding> findings() {
    return checkup.at(index);
  }

  /** Whether a token ends a text. */
  public boolean ends(int token) {
    for (int end : vocabulary().endIds()) {
      if (end == token) {
        return true;
      }
    }
    return false;
  }

  /** A finding of a check, that shows with this step. */
  Finding finding(Check check, List<Integer> positions, String sentence, Object... figures) {
    return new Finding(check.name(), index + 1, positions, sentence.formatted(figures));
  }
}
