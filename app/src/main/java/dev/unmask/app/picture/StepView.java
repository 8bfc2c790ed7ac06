package dev.unmask.app.picture;

import dev.unmask.engine.sampler.api.BlockPosition;
import dev.unmask.engine.trace.Breach;
import dev.unmask.engine.trace.Candidates;
import dev.unmask.engine.trace.Event;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A step as painters see it: the state that it started from, what it decided, and what that means
 * at every position. The moment of the start is a step that did nothing. Its arrays are never
 * written to.
 *
 * @param step the playhead that shows it, from 0
 * @param block that the step worked on; at the start, the first one
 * @param looks how each position looks
 * @param since the step that put the token which is there: 0 for the start, −1 where there is none
 * @param confidences that were seen up to here, in the sampler's own score
 * @param entropies that were seen up to here, in nats
 * @param breaches of what the samplers declare, up to here
 */
public record StepView(
    int step,
    TokenState before,
    TokenStep decision,
    float[] entropy,
    BlockPosition block,
    Look[] looks,
    int[] since,
    Figures figures,
    Scale confidences,
    Scale entropies,
    List<Breach> breaches) {
  /** Before the first step. */
  static StepView start(Trace<TokenState, TokenRecord> trace, Plan plan) {
    TokenState state = trace.state(0);
    TraceHeader header = trace.header();
    int[] since = new int[state.length()];
    for (int p = 0; p < since.length; p++) {
      since[p] = holdsToken(state, p, header.tokens().maskId()) ? 0 : -1;
    }
    float[] unknown = new float[since.length];
    Arrays.fill(unknown, Float.NaN);
    TokenStep nothing = new TokenStep(nowhere(since.length), unknown, state);
    return of(
        0,
        state,
        nothing,
        unknown,
        header,
        plan,
        since,
        Double.NaN,
        Scale.NOTHING,
        Scale.NOTHING,
        List.of());
  }

  /** After the step that follows this one. */
  StepView next(Trace<TokenState, TokenRecord> trace, Plan plan) {
    TokenRecord record = trace.step(step);
    int[] since = this.since.clone();
    int[] old = state().tokens();
    TokenState state = record.decision().next();
    for (int p = 0; p < since.length; p++) {
      if (!holdsToken(state, p, trace.header().tokens().maskId())) {
        since[p] = -1;
      } else if (state.tokens()[p] != old[p]) {
        since[p] = step + 1;
      }
    }
    return of(
        step + 1,
        state(),
        record.decision(),
        record.entropy(),
        trace.header(),
        plan,
        since,
        endMass(record, plan.ends()),
        confidences.with(record.decision().confidence()),
        entropies.with(record.entropy()),
        joined(breaches, plan.breaches(step)));
  }

  private static List<Breach> joined(List<Breach> before, List<Breach> more) {
    return more.isEmpty() ? before : Stream.concat(before.stream(), more.stream()).toList();
  }

  /** The same step before anything is decided: what was predicted, over the state before. */
  StepView undecided(StepView previous, TraceHeader header, Plan plan) {
    TokenStep undecided = decision.leadingTo(before);
    return of(
        step,
        before,
        undecided,
        entropy,
        header,
        plan,
        previous.since,
        figures.endMass(),
        confidences,
        entropies,
        breaches);
  }

  private static StepView of(
      int step,
      TokenState before,
      TokenStep decision,
      float[] entropy,
      TraceHeader header,
      Plan plan,
      int[] since,
      double endMass,
      Scale confidences,
      Scale entropies,
      List<Breach> breaches) {
    BlockPosition block = plan.block(before);
    boolean noised = !header.noise().equals("absorbing");
    var looks = new Look[before.length()];
    for (int p = 0; p < looks.length; p++) {
      Look look = look(p, header.tokens().maskId(), p < block.to(), before, decision);
      looks[p] = look == Look.COMMITTED && noised && since[p] == 0 ? Look.NOISE : look;
    }
    Figures figures = Figures.of(looks, decision, entropy, endMass);
    return new StepView(
        step,
        before,
        decision,
        entropy,
        block,
        looks,
        since,
        figures,
        confidences,
        entropies,
        breaches);
  }

  private static double endMass(TokenRecord record, int[] ends) {
    Candidates candidates = record.candidates();
    int[] predicted = record.decision().predicted();
    double sum = 0;
    int asked = 0;
    for (int p = 0; ends.length > 0 && p < predicted.length; p++) {
      asked += predicted[p] >= 0 ? 1 : 0;
      for (int k = 0; predicted[p] >= 0 && k < candidates.perPosition(); k++) {
        int slot = p * candidates.perPosition() + k;
        for (int end : ends) {
          sum += candidates.ids()[slot] == end ? candidates.probabilities()[slot] : 0;
        }
      }
    }
    return asked == 0 ? Double.NaN : sum / asked;
  }

  private static Look look(
      int position, int mask, boolean reached, TokenState before, TokenStep decision) {
    int now = decision.next().tokens()[position];
    if (Mark.given(decision.next().marks()[position])) {
      return Look.GIVEN;
    }
    return switch (Event.at(position, mask, before, decision)) {
      case COMMITTED -> Look.COMMITTED_NOW;
      case REMASKED -> Look.REMASKED;
      case EDITED -> Look.EDITED;
      // A prediction of the mask itself is no token that could be shown.
      case KEPT_MASKED -> decision.predicted()[position] == mask ? Look.MASKED : Look.KEPT_MASKED;
      case STARTED -> now == mask ? Look.MASKED : Look.COMMITTED_NOW;
      case NONE -> unchanged(now, mask, reached);
    };
  }

  private static Look unchanged(int now, int mask, boolean reached) {
    if (now < 0) {
      return Look.NOT_STARTED;
    }
    if (now != mask) {
      return Look.COMMITTED;
    }
    return reached ? Look.MASKED : Look.NOT_STARTED;
  }

  private static boolean holdsToken(TokenState state, int position, int mask) {
    return state.tokens()[position] >= 0 && state.tokens()[position] != mask;
  }

  private static int[] nowhere(int length) {
    int[] predicted = new int[length];
    Arrays.fill(predicted, -1);
    return predicted;
  }

  /** What this step broke. */
  public Stream<Breach> ownBreaches() {
    return breaches.stream().filter(breach -> breach.step() == step);
  }

  /** The state that is shown: after the step, or before it while nothing is decided. */
  public TokenState state() {
    return decision.next();
  }
}
