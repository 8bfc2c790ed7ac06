package dev.unmask.engine.check;

import dev.unmask.engine.trace.Candidates;
import dev.unmask.engine.trace.Event;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Logits in the row of a neighbour, as where a model that predicts the next token is taken for one
 * that predicts the token itself: the model's first choice for a position is what stands beside it.
 * Each position is asked once, when it is committed, and only where its neighbour is another token
 * that was there before the step. That a healthy text repeats a neighbour more often than once in
 * ten is not to be expected; what is told is more than chance allows even then, is more than half
 * of the cases, and more than agree with what was committed itself unless the copies were
 * committed.
 */
final class ShiftedLogits implements Check {
  /** How often a model may hold a neighbour for likeliest. */
  private static final double COPIES = 0.1;

  /** So many different tokens: one word that is repeated is another fault. */
  private static final int DIFFERENT = 6;

  @Override
  public String name() {
    return "shifted";
  }

  @Override
  public String looksFor() {
    return "logits that look shifted by one: the first candidate of most positions is the token"
        + " that already stands beside it";
  }

  @Override
  public String limits() {
    return "Candidates must be recorded. A text filled strictly from one side shows a shift to its"
        + " other side only by its prompt.";
  }

  @Override
  public Watch<Moment> tokens() {
    return new Watch<>() {
      private final Side left = new Side(-1);
      private final Side right = new Side(1);

      @Override
      public List<Finding> after(Moment moment) {
        if (moment.step().candidates().perPosition() == 0) {
          return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        for (Side side : List.of(left, right)) {
          side.count(moment);
          if (side.shifted()) {
            side.told = true;
            findings.add(
                moment.finding(
                    ShiftedLogits.this,
                    side.copies.stream().sorted().toList(),
                    "the first candidate of %d of %d positions is the token one to the %s of it",
                    side.copies.size(),
                    side.asked,
                    side.offset < 0 ? "left" : "right"));
          }
        }
        return findings;
      }
    };
  }

  /** What was seen of one side. */
  private static final class Side {
    private final int offset;
    private final List<Integer> copies = new ArrayList<>();
    private final Set<Integer> different = new HashSet<>();
    private final Set<Integer> seen = new HashSet<>();
    private int asked;
    private boolean told;

    Side(int offset) {
      this.offset = offset;
    }

    void count(Moment moment) {
      Candidates candidates = moment.step().candidates();
      int[] before = moment.before().tokens();
      for (int position = 0; position < before.length; position++) {
        int beside = position + offset;
        if (beside < 0
            || beside >= before.length
            || moment.event(position) != Event.COMMITTED
            || before[beside] < 0
            || before[beside] == moment.mask()
            || moment.ends(before[beside])
            || !seen.add(position)) {
          continue;
        }
        int best = candidates.ids()[position * candidates.perPosition()];
        if (best < 0) {
          continue;
        }
        asked++;
        if (best == before[beside]) {
          copies.add(position);
          different.add(best);
        }
      }
    }

    boolean shifted() {
      return !told
          && different.size() >= DIFFERENT
          && 2 * copies.size() > asked
          && Chance.atLeast(copies.size(), asked, COPIES) < Chance.RARE;
    }
  }
}
