package dev.unmask.engine.run;

import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.sampler.TokenSampler;
import dev.unmask.engine.trace.Breach;
import dev.unmask.engine.trace.Event;
import dev.unmask.engine.trace.StepRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import java.util.Optional;

/**
 * A step that a run has just taken, as breakpoints and invariants see it.
 *
 * @param index of the step in the trace, from 0
 * @param sampler that took it
 */
public record Moment(Trace trace, int index, TokenSampler sampler, Vocabulary vocabulary) {
  TokenState before() {
    return trace.state(index);
  }

  StepRecord step() {
    return trace.step(index);
  }

  TokenState after() {
    return trace.state(index + 1);
  }

  int predicted(int position) {
    return step().decision().predicted()[position];
  }

  Event event(int position) {
    return Event.at(position, trace.header().maskId(), before(), step().decision());
  }

  /** The token that the event is about: the new one, or the lost one where the mask is back. */
  int token(int position) {
    return switch (event(position)) {
      case REMASKED -> before().tokens()[position];
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
        || sampler.block(after()).index() != sampler.block(before()).index();
  }

  Optional<String> breach(int position) {
    return Invariants.of(sampler).breaches(this).stream()
        .filter(breach -> breach.position() == position)
        .map(Breach::sentence)
        .findFirst();
  }
}
