package dev.unmask.engine.check;

import dev.unmask.engine.trace.Event;
import dev.unmask.engine.trace.Grounds;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import java.util.Arrays;
import java.util.List;

/**
 * Steps that change nothing though masks are left. How many are too many depends on what the trace
 * tells: where it has the chances by which each mask was kept, as many as are improbable; where the
 * model said the very same and no time went by, {@link #SAME}; else as many as are improbable if
 * eventful and idle steps come in any order.
 */
final class Stalled implements Check {
  /** A sampler that waits counts time or draws; one that does neither has had its chances. */
  private static final int SAME = 8;

  @Override
  public String name() {
    return "stalled";
  }

  @Override
  public String looksFor() {
    return "nothing is committed any more: "
        + SAME
        + " steps in which neither the prediction nor the time changes, or more steps without a"
        + " change than chance or the pace so far explain";
  }

  @Override
  public String limits() {
    return "A run that never committed anything and tells neither time nor chances may be one that"
        + " has not begun; when it ends, masks tells of it.";
  }

  @Override
  public Watch<Moment> tokens() {
    return new Watch<>() {
      private int eventful;
      private int idle;
      private int same;
      private double logChance;
      private boolean told;

      @Override
      public List<Finding> after(Moment moment) {
        int[] masks = moment.before().positionsOf(moment.mask(), 0, moment.before().length());
        if (masks.length == 0 || happened(moment)) {
          eventful++;
          idle = 0;
          same = 0;
          logChance = 0;
          told = false;
          return List.of();
        }
        idle++;
        same = sameAgain(moment) ? same + 1 : 0;
        double logKept = logKept(moment.step().decision().grounds(), masks);
        logChance += Double.isNaN(logKept) ? 0 : logKept;
        boolean paced =
            Double.isNaN(logKept)
                && eventful > 0
                && !(moment.before().time() > moment.after().time());
        boolean rare =
            same >= SAME
                || Chance.rare(logChance)
                || paced && Chance.rare(Chance.logAllBefore(idle, eventful, eventful + idle));
        if (told || !rare) {
          return List.of();
        }
        told = true;
        return List.of(
            moment.finding(
                Stalled.this,
                Arrays.stream(masks).boxed().toList(),
                "nothing has changed for %d steps and %d masks are left",
                idle,
                masks.length));
      }
    };
  }

  private static boolean happened(Moment moment) {
    for (int position = 0; position < moment.before().length(); position++) {
      Event event = moment.event(position);
      if (event != Event.NONE && event != Event.KEPT_MASKED) {
        return true;
      }
    }
    return false;
  }

  /** Whether the step decided the very same from the very same as the one before. */
  private static boolean sameAgain(Moment moment) {
    if (moment.index() == 0) {
      return false;
    }
    TokenStep now = moment.step().decision();
    TokenStep then = moment.trace().step(moment.index() - 1).decision();
    TokenState before = moment.before();
    return before.time() == moment.after().time()
        && Arrays.stream(now.predicted()).anyMatch(token -> token >= 0)
        && Arrays.equals(now.predicted(), then.predicted())
        && Arrays.equals(now.confidence(), then.confidence());
  }

  /** The logarithm of the chance that every mask is kept; NaN where it is not told. */
  private static double logKept(Grounds grounds, int[] masks) {
    double sum = 0;
    boolean told = false;
    for (int position : masks) {
      float chance = grounds.chance(position);
      if (!Float.isNaN(chance)) {
        // A chance of 1 that did not happen is not that of the mask itself.
        sum += chance < 1 ? StrictMath.log1p(-chance) : 0;
        told = true;
      }
    }
    return told ? sum : Double.NaN;
  }
}
