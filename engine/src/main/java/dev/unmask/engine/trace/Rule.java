package dev.unmask.engine.trace;

/**
 * What decided about a position in a step. Its place here is its number in a file: new ones come
 * last.
 */
public enum Rule {
  /** The sampler does not tell. */
  UNTOLD,
  /** The step's quota of the greatest scores was taken. */
  RANK,
  /** Its score against the threshold. */
  THRESHOLD,
  /** No score, or too few, reached the threshold, and a step must take some: the greatest. */
  FORCED,
  /** It was the only one that the others of its step left over. */
  LEFT_OVER,
  /** A draw that leaves what stands there with the recorded chance. */
  CHANCE,
  /** Its place in an order that was fixed before the run. */
  ORDER,
  /** A draw of positions, as probable one as the other. */
  ANY,
  /** A draw of as many positions as the quota, the more probable the greater the score. */
  SAMPLED,
  /** Nothing to choose: the step takes all. */
  ALL,
  /** A planner's score, ranked as by {@link #RANK}. */
  PLANNER,
  /** Nothing yet: a planner scores the prediction in the next step. */
  AWAITED,
  /** The sum of the entropies of what is surer, its score, against a bound, the threshold. */
  BOUND,
  /** It was not taken, and became noise again. */
  NOISED,
  /** It was chosen for a correction and drawn anew, given all others. */
  CORRECTED,
  /** The end, of the run or of its block: the most probable tokens were taken. */
  ENDED,
  /** Nothing but masks was to be taken, so the most probable other token was. */
  INSTEAD_OF_MASK,
  /** The score of what is to replace the token that stands there, against a threshold. */
  REVISION,
  /** The score of the token that stands there, its confidence, against a threshold below it. */
  DOUBT;

  /** Of a number in a file; what a later version knows is not told to this one. */
  static Rule of(byte number) {
    return number > 0 && number < values().length ? values()[number] : UNTOLD;
  }

  /** Whether the scores of such positions were weighed against each other. */
  public boolean ranks() {
    return switch (this) {
      case RANK, THRESHOLD, FORCED, LEFT_OVER, PLANNER, SAMPLED, NOISED -> true;
      case UNTOLD,
          CHANCE,
          ORDER,
          ANY,
          ALL,
          AWAITED,
          BOUND,
          CORRECTED,
          ENDED,
          INSTEAD_OF_MASK,
          REVISION,
          DOUBT ->
          false;
    };
  }
}
