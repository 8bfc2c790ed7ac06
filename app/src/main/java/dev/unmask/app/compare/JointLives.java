package dev.unmask.app.compare;

import dev.unmask.app.picture.History;
import dev.unmask.app.picture.Visible;
import dev.unmask.engine.trace.Divergence;
import dev.unmask.engine.trace.TraceComparison;
import dev.unmask.engine.trace.TraceHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Two runs on one axis: from where to where their tokens differ, at every position.
 *
 * @param leftPlaces where each state of the left one is
 * @param rightPlaces likewise
 * @param spans of each position, ascending: both hold a token there, and not the same
 * @param differing the positions whose last tokens differ
 * @param parting where they part, step by step, on the axis
 * @param firstTokens where first both hold tokens that differ
 */
record JointLives(
    RunPair pair,
    double[] leftPlaces,
    double[] rightPlaces,
    List<List<Span>> spans,
    BitSet differing,
    Optional<Parting> parting,
    Optional<Parting> firstTokens) {
  /** In place of a token. */
  static final String MASKED = "masked";

  /** Where a run has no token, and no mask either. */
  static final String NOTHING = "nothing";

  /** From a place to another, on the axis. */
  record Span(double from, double to) {}

  /**
   * Where two runs part.
   *
   * @param position −1 where one of them ends
   * @param words what each holds there
   */
  record Parting(double place, int position, String words) {}

  /**
   * Of two runs, compared over an axis.
   *
   * @param other which the right one is
   */
  static JointLives of(
      RunPair pair, RunLetter other, double[] leftPlaces, double[] rightPlaces, JointAxis axis) {
    var comparison = new TraceComparison(pair.left().trace(), pair.right().trace());
    List<List<Span>> spans = new ArrayList<>();
    for (int p = 0; p < pair.length(); p++) {
      spans.add(new ArrayList<>());
    }
    Optional<Parting> firstTokens = Optional.empty();
    double[] since = new double[pair.length()];
    var open = new BitSet();
    for (double place : JointAxis.merged(leftPlaces, rightPlaces)) {
      int left = Alignment.reached(place, leftPlaces);
      int right = Alignment.reached(place, rightPlaces);
      BitSet now = differingTokens(comparison, pair, left, right);
      if (firstTokens.isEmpty() && !now.isEmpty()) {
        firstTokens = Optional.of(parting(pair, other, place, now.nextSetBit(0), left, right));
      }
      var turned = (BitSet) now.clone();
      turned.xor(open);
      turned.stream()
          .forEach(
              p -> {
                if (now.get(p)) {
                  since[p] = place;
                } else {
                  spans.get(p).add(new Span(since[p], place));
                }
              });
      open = now;
    }
    open.stream().forEach(p -> spans.get(p).add(new Span(since[p], axis.to())));
    var last = new BitSet();
    int end = leftPlaces.length - 1;
    Arrays.stream(comparison.differing(end, rightPlaces.length - 1)).forEach(last::set);
    return new JointLives(
        pair,
        leftPlaces,
        rightPlaces,
        spans.stream().map(List::copyOf).toList(),
        last,
        pair.first().map(first -> parting(pair, other, first, leftPlaces)),
        firstTokens);
  }

  private static BitSet differingTokens(
      TraceComparison comparison, RunPair pair, int left, int right) {
    var both = new BitSet();
    for (int p : comparison.differing(left, right)) {
      both.set(p, holds(pair.left(), left, p) && holds(pair.right(), right, p));
    }
    return both;
  }

  private static boolean holds(History run, int step, int position) {
    int[] tokens = run.moment(step).state().tokens();
    return position < tokens.length
        && tokens[position] >= 0
        && tokens[position] != run.trace().header().tokens().maskId();
  }

  private static Parting parting(RunPair pair, RunLetter other, Divergence first, double[] places) {
    double place = places[Math.min(first.step(), places.length - 1)];
    if (first.position() < 0) {
      return new Parting(place, -1, "one of them ends");
    }
    int left = Math.min(first.step(), pair.left().steps());
    int right = Math.min(first.step(), pair.right().steps());
    return parting(pair, other, place, first.position(), left, right);
  }

  private static Parting parting(
      RunPair pair, RunLetter other, double place, int position, int left, int right) {
    String ours = token(pair.left(), left, position);
    String theirs = token(pair.right(), right, position);
    // Equal states part in what was predicted on the way to them.
    String words =
        ours.equals(theirs)
            ? "A predicted %s, %s predicted %s"
                .formatted(
                    quoted(predicted(pair.left(), left, position)),
                    other,
                    quoted(predicted(pair.right(), right, position)))
            : "A %s, %s %s".formatted(quoted(ours), other, quoted(theirs));
    return new Parting(place, position, "position %d: %s".formatted(position, words));
  }

  /** Many tokens are punctuation. */
  private static String quoted(String token) {
    return token.equals(MASKED) || token.equals(NOTHING) ? token : "“" + token + "”";
  }

  /** What a run holds somewhere, for people. */
  static String token(History run, int step, int position) {
    int[] tokens = run.moment(step).state().tokens();
    return position < tokens.length ? words(run, tokens[position]) : NOTHING;
  }

  private static String predicted(History run, int step, int position) {
    return words(run, run.moment(step).decision().predicted()[position]);
  }

  private static String words(History run, int token) {
    TraceHeader.Tokens of = run.trace().header().tokens();
    return token < 0 ? NOTHING : token == of.maskId() ? MASKED : Visible.text(of.text(token));
  }
}
