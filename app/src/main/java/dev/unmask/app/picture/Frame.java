package dev.unmask.app.picture;

import dev.unmask.engine.sampler.api.BlockPosition;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One picture's content: a trace at a playhead. At playhead k it shows the state after k steps and
 * what the k-th step did; at 0 it shows the start.
 *
 * @param recorded how many steps of the history there are for this picture, so that it stays the
 *     same while the history grows
 * @param step the playhead, from 0 to {@code recorded}
 * @param selection the selected position, −1 for none
 * @param width in pixels
 * @param height in pixels
 */
public record Frame(
    History history,
    int recorded,
    int step,
    Phase phase,
    int selection,
    View view,
    int width,
    int height)
    implements Paintable<Frame> {
  /** All that a history holds by now, at a step, with nothing selected. */
  public static Frame of(History history, int step) {
    return new Frame(history, history.steps(), step, Phase.DECIDED, -1, View.WHOLE, 1, 1);
  }

  /** The start of a trace, with nothing selected. */
  public static Frame of(Trace<TokenState, TokenRecord> trace, int width, int height) {
    return of(History.of(trace), 0).sized(width, height);
  }

  /** What is shown. */
  public Trace<TokenState, TokenRecord> trace() {
    return history.trace();
  }

  /** What the playhead shows. */
  public StepView moment() {
    StepView moment = history.moment(step);
    return phase == Phase.DECIDED || step == 0
        ? moment
        : moment.undecided(history.moment(step - 1), trace().header(), history.plan());
  }

  /** The last moment there is for this picture. */
  public StepView last() {
    return history.moment(recorded);
  }

  /** All moments there are for this picture. */
  public List<StepView> moments() {
    return history.upTo(recorded);
  }

  /** What the least and the greatest confidence of this picture are. */
  public Scale confidences() {
    return last().confidences().ofConfidence();
  }

  /** The state that is shown. */
  public TokenState state() {
    return phase == Phase.PREDICTED && step > 0
        ? history.moment(step - 1).state()
        : history.moment(step).state();
  }

  /** The block that this step worked on; at the start, the first one. */
  public BlockPosition block() {
    return history.moment(step).block();
  }

  /** K, the number of steps that the run is planned to take, never less than it took. */
  public int plannedSteps() {
    return Math.max(recorded, history.plan().steps(history.moment(0).state()));
  }

  /** Whether there are masks; else the run starts from tokens that mean nothing. */
  public boolean masked() {
    return trace().header().noise().equals("absorbing") || history.moment(0).figures().masks() > 0;
  }

  /**
   * t of the state that is shown, 1 for nothing but noise; where a run of this program records none
   * the share of masks, which its sampler takes for it; empty where another program's tells none.
   */
  public OptionalDouble time() {
    TokenState state = state();
    if (!Double.isNaN(state.time())) {
      return OptionalDouble.of(Math.clamp(state.time(), 0, 1));
    }
    TraceHeader header = trace().header();
    if (header.foreign()) {
      return OptionalDouble.empty();
    }
    long masks =
        Arrays.stream(state.tokens()).filter(token -> token == header.tokens().maskId()).count();
    return OptionalDouble.of(masks / (double) Math.max(1, state.length()));
  }

  /** The same, at another step. */
  public Frame at(int newStep) {
    return new Frame(history, recorded, newStep, phase, selection, view, width, height);
  }

  /** The same, in a phase of its step. */
  public Frame in(Phase newPhase) {
    return new Frame(history, recorded, step, newPhase, selection, view, width, height);
  }

  /** The same, with another position selected; −1 for none. */
  public Frame selecting(int position) {
    return new Frame(history, recorded, step, phase, position, view, width, height);
  }

  /** The same, looked at otherwise. */
  public Frame viewed(View newView) {
    return new Frame(history, recorded, step, phase, selection, newView, width, height);
  }

  @Override
  public boolean headed() {
    return !view.print();
  }

  /** The same, with another size. */
  @Override
  public Frame sized(int newWidth, int newHeight) {
    return new Frame(history, recorded, step, phase, selection, view, newWidth, newHeight);
  }
}
