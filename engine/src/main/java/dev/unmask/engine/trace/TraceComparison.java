package dev.unmask.engine.trace;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Two traces beside each other. Their tokens are compared as ids if they have one vocabulary, which
 * is found out once, else by their texts. Where one sequence is longer, the other has nothing to
 * put beside its last positions.
 */
public final class TraceComparison {
  private static final int NOTHING = -1;

  private final Trace<TokenState, TokenRecord> left;
  private final Trace<TokenState, TokenRecord> right;
  private final boolean oneVocabulary;

  /** Compares two traces. */
  public TraceComparison(
      Trace<TokenState, TokenRecord> left, Trace<TokenState, TokenRecord> right) {
    this.left = left;
    this.right = right;
    oneVocabulary =
        left.header().tokens().vocabulary().equals(right.header().tokens().vocabulary());
  }

  /** How many positions the longer one has. */
  public int length() {
    return Math.max(left.header().tokens().length(), right.header().tokens().length());
  }

  /** Positions at which a state of each differs, ascending. */
  public int[] differing(int leftStep, int rightStep) {
    return differing(left.state(leftStep).tokens(), right.state(rightStep).tokens());
  }

  /**
   * The first step at which they differ: in the state, or in what was predicted on the way to it.
   */
  public Optional<Divergence> first() {
    int common = Math.min(left.steps(), right.steps());
    for (int step = 0; step <= common; step++) {
      int[] positions = differing(step, step);
      if (positions.length == 0 && step > 0) {
        positions = differingPredictions(step - 1);
      }
      if (positions.length > 0) {
        return Optional.of(new Divergence(step, positions[0]));
      }
    }
    return left.steps() == right.steps()
        ? Optional.empty()
        : Optional.of(new Divergence(common + 1, -1));
  }

  private int[] differingPredictions(int step) {
    return differing(
        left.step(step).decision().predicted(), right.step(step).decision().predicted());
  }

  private int[] differing(int[] a, int[] b) {
    return IntStream.range(0, length()).filter(i -> !same(at(a, i), at(b, i))).toArray();
  }

  private static int at(int[] tokens, int position) {
    return position < tokens.length ? tokens[position] : NOTHING;
  }

  private boolean same(int a, int b) {
    return oneVocabulary || a < 0 || b < 0
        ? a == b
        : left.header().tokens().text(a).equals(right.header().tokens().text(b));
  }

  /** How many tokens differ at each step that both have, the first state included. */
  public int[] differencesByStep() {
    return IntStream.rangeClosed(0, Math.min(left.steps(), right.steps()))
        .map(step -> differing(step, step).length)
        .toArray();
  }

  /**
   * For each state of the left trace the right one's that is as far: the first whose share of
   * positions that are no mask is as great, or its last.
   */
  public int[] alignedByShare() {
    double[] shares = shares(right);
    return Arrays.stream(shares(left))
        .mapToInt(share -> atMostLast(reached(share, shares)))
        .toArray();
  }

  private int atMostLast(int step) {
    return Math.min(step, right.steps());
  }

  private static int reached(double share, double[] shares) {
    int step = 0;
    while (step < shares.length && shares[step] < share) {
      step++;
    }
    return step;
  }

  private static double[] shares(Trace<TokenState, TokenRecord> trace) {
    return IntStream.rangeClosed(0, trace.steps())
        .mapToDouble(step -> unmasked(trace, step))
        .toArray();
  }

  private static double unmasked(Trace<TokenState, TokenRecord> trace, int step) {
    int[] tokens = trace.state(step).tokens();
    int mask = trace.header().tokens().maskId();
    return Arrays.stream(tokens).filter(token -> token >= 0 && token != mask).count()
        / (double) Math.max(1, tokens.length);
  }
}
