package dev.unmask.engine.check;

import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.TokenState;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A run that ends though not everything is filled. */
final class MasksLeft implements Check {
  private static final String STEPS = "steps";

  @Override
  public String name() {
    return "masks";
  }

  @Override
  public String looksFor() {
    return "a schedule that leaves masks: the run has ended and not everything is filled";
  }

  @Override
  public String limits() {
    return "Where the sampler is not known here, a run has ended when it took the steps of its"
        + " setting steps, or without one, with its trace. Masks behind an end of the text are no"
        + " fault, nor are those of a corruption.";
  }

  @Override
  public Watch<Moment> tokens() {
    return this::after;
  }

  private List<Finding> after(Moment moment) {
    TokenState last = moment.after();
    if (moment.mask() < 0
        || !moment.sampler().finished(last)
        || !planned(moment)
        || masks(moment, last) > masks(moment, moment.trace().state(0))) {
      return List.of();
    }
    int textEnds =
        IntStream.range(0, last.length())
            .filter(i -> !Mark.given(last.marks()[i]) && moment.ends(last.tokens()[i]))
            .findFirst()
            .orElse(last.length());
    int[] left = last.positionsOf(moment.mask(), 0, textEnds);
    return left.length == 0
        ? List.of()
        : List.of(
            moment.finding(
                this,
                Arrays.stream(left).boxed().toList(),
                "the run ended with %d of %d positions masked, the first of them %d",
                left.length,
                last.length(),
                left[0]));
  }

  /** A corruption has more of them in the end. */
  private static int masks(Moment moment, TokenState state) {
    return state.positionsOf(moment.mask(), 0, state.length()).length;
  }

  /** Whether it took as many steps as it was told to, if it tells that. */
  private static boolean planned(Moment moment) {
    return moment
        .trace()
        .header()
        .segmentAt(moment.index())
        .map(segment -> segment.settings().get(STEPS))
        .map(steps -> !(steps instanceof Integer planned) || moment.index() + 1 >= planned)
        .orElse(true);
  }
}
