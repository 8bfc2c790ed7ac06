package dev.unmask.app.picture;

import dev.unmask.engine.run.Replay;
import dev.unmask.engine.sampler.own.SamplerPermission;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import java.util.ArrayList;
import java.util.List;

/**
 * Every moment of a trace, each read once. One thread lets it grow with its trace; any thread may
 * read it, and what was once there never changes.
 */
public final class History {
  private final Trace<TokenState, TokenRecord> trace;
  private final Plan plan;
  private final int[] arrivals;
  private final List<StepView> moments = new ArrayList<>();

  /** The start of a trace. */
  public History(Trace<TokenState, TokenRecord> trace, Plan plan) {
    this(trace, plan, new int[0]);
  }

  /**
   * The start of a branch.
   *
   * @param arrivals {@link #arrivals(Trace)} of the run that it left
   */
  public History(Trace<TokenState, TokenRecord> trace, Plan plan, int[] arrivals) {
    this.trace = trace;
    this.plan = plan;
    this.arrivals = arrivals;
    moments.add(StepView.start(trace, plan));
  }

  /** After which step each position last came to hold another token, 0 for never. */
  public static int[] arrivals(Trace<TokenState, TokenRecord> trace) {
    int[] last = new int[trace.header().tokens().length()];
    int[] before = trace.state(0).tokens();
    for (int step = 1; step <= trace.steps(); step++) {
      int[] now = trace.state(step).tokens();
      for (int i = 0; i < last.length; i++) {
        if (now[i] != before[i]) {
          last[i] = step;
        }
      }
      before = now;
    }
    return last;
  }

  /** All that a trace has recorded by now, by samplers that are built in alone. */
  public static History of(Trace<TokenState, TokenRecord> trace) {
    return of(trace, SamplerPermission.NONE);
  }

  /**
   * All that a trace has recorded by now.
   *
   * @param samplers those of people's own that may be run
   */
  public static History of(Trace<TokenState, TokenRecord> trace, SamplerPermission samplers) {
    var history = new History(trace, Plan.of(Replay.of(trace, samplers)));
    history.grow();
    return history;
  }

  /** Reads what was recorded since. */
  public void grow() {
    StepView last = moment(steps());
    for (int step = last.step(); step < trace.steps(); step++) {
      last = last.next(trace, plan);
      add(last);
    }
  }

  private synchronized void add(StepView moment) {
    moments.add(moment);
  }

  /** How many steps were read. */
  public synchronized int steps() {
    return moments.size() - 1;
  }

  /** The moment at a playhead, from 0 to {@link #steps()}. */
  public synchronized StepView moment(int step) {
    return moments.get(step);
  }

  /** The moments from the start to a playhead. */
  public synchronized List<StepView> upTo(int step) {
    return List.copyOf(moments.subList(0, step + 1));
  }

  /** What it is read from. */
  public Trace<TokenState, TokenRecord> trace() {
    return trace;
  }

  /**
   * After which step each position got its last token in the run that this one branched from, 0 for
   * never; of no length where that is not known.
   */
  public int[] parentArrivals() {
    return arrivals;
  }

  /** What the trace's run planned. */
  public Plan plan() {
    return plan;
  }
}
