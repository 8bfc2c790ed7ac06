package dev.unmask.engine.check;

import dev.unmask.engine.sampler.api.BlockPosition;
import dev.unmask.engine.trace.Candidates;
import dev.unmask.engine.trace.Event;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.TokenState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The tokens that end a text, where there is no text yet: more than half of a block is filled with
 * them while most of what stands before them is masked, so that they decide how long the text is
 * and not the text; or they were committed although the model held other tokens for likelier, more
 * often than the recorded probabilities explain.
 */
final class Flood implements Check {
  /** In a smaller block a few ends are no flood. */
  private static final int SMALLEST = 8;

  @Override
  public String name() {
    return "flood";
  }

  @Override
  public String looksFor() {
    return "the end of the text floods a block: it takes more than half of it while most of what is"
        + " before it is masked, or is committed again and again though the model expected another"
        + " token";
  }

  @Override
  public String limits() {
    return "Which tokens end a text must be known: by the model, or by the usual names. Whether"
        + " they were expected is only seen where candidates are recorded.";
  }

  @Override
  public Watch<Moment> tokens() {
    return new Watch<>() {
      private final List<Integer> unexpected = new ArrayList<>();
      private double expected;
      private int flooded = -1;

      @Override
      public List<Finding> after(Moment moment) {
        List<Finding> findings = new ArrayList<>();
        if (moment.vocabulary().endIds().length > 0 && moment.mask() >= 0) {
          flood(moment, findings);
          count(moment, findings);
        }
        return findings;
      }

      private void flood(Moment moment, List<Finding> findings) {
        TokenState state = moment.after();
        BlockPosition block = moment.sampler().block(moment.before());
        int[] free =
            IntStream.range(block.from(), Math.min(block.to(), state.length()))
                .filter(i -> !Mark.given(state.marks()[i]))
                .toArray();
        int[] ends = IntStream.of(free).filter(i -> moment.ends(state.tokens()[i])).toArray();
        boolean textWentOn =
            IntStream.range(0, block.from())
                .noneMatch(i -> !Mark.given(state.marks()[i]) && moment.ends(state.tokens()[i]));
        if (free.length < SMALLEST
            || 2 * ends.length <= free.length
            || block.from() == flooded
            || !textWentOn) {
          return;
        }
        int before = ends[0] - free[0];
        int masked = state.positionsOf(moment.mask(), free[0], ends[0]).length;
        if (2 * masked > before) {
          flooded = block.from();
          findings.add(
              moment.finding(
                  Flood.this,
                  IntStream.of(ends).boxed().toList(),
                  "the end of the text fills %d of %d positions from %d to %d, and %d of the %d"
                      + " before it are still masked",
                  ends.length,
                  free.length,
                  block.from(),
                  block.to() - 1,
                  masked,
                  before));
        }
      }

      /** Only where another token was likelier: then each end is a draw. */
      private void count(Moment moment, List<Finding> findings) {
        Candidates candidates = moment.step().candidates();
        if (candidates.perPosition() == 0) {
          return;
        }
        int[] tokens = moment.after().tokens();
        boolean more = false;
        for (int position = 0; position < tokens.length; position++) {
          int best = candidates.ids()[position * candidates.perPosition()];
          if (best < 0 || moment.ends(best) || moment.event(position) != Event.COMMITTED) {
            continue;
          }
          expected += chanceOfEnd(moment, position);
          if (moment.ends(tokens[position])) {
            unexpected.add(position);
            more = true;
          }
        }
        int ends = unexpected.size();
        if (more && Chance.atLeast(ends, expected, tokens.length) < Chance.RARE) {
          findings.add(
              moment.finding(
                  Flood.this,
                  unexpected.stream().sorted().toList(),
                  "the end of the text was committed at %d positions where another token was"
                      + " likelier, and by the recorded probabilities at most %.2f were to be"
                      + " expected",
                  ends,
                  expected));
        }
      }
    };
  }

  /**
   * At most: an end that is no candidate is no more probable than the last one, and all weights at
   * the temperature sum to no less than those of the candidates.
   */
  private static double chanceOfEnd(Moment moment, int position) {
    Candidates candidates = moment.step().candidates();
    int from = position * candidates.perPosition();
    double exponent = 1 / Temperature.drawnAt(moment);
    double rest = 1;
    double last = 1;
    double sum = 0;
    double ends = 0;
    for (int k = from; k < from + candidates.perPosition() && candidates.ids()[k] >= 0; k++) {
      last = candidates.probabilities()[k];
      rest -= last;
      double weight = StrictMath.pow(last, exponent);
      sum += weight;
      ends += moment.ends(candidates.ids()[k]) ? weight : 0;
    }
    if (ends == 0) {
      ends = StrictMath.pow(Math.min(last, Math.max(0, rest)), exponent);
    }
    return Math.min(1, ends / sum);
  }
}
