package dev.unmask.engine.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TraceComparisonTest {
  private static final int[][] STATES = {{9, 9, 9}, {9, 1, 9}, {2, 1, 9}, {2, 1, 0}};

  @Test
  void equalTracesHaveNoDivergence() {
    assertThat(new TraceComparison(trace(STATES), trace(STATES)).first()).isEmpty();
  }

  @Test
  void theFirstDivergenceIsTheLowestPositionOfTheFirstStep() {
    int[][] other = {{9, 9, 9}, {9, 1, 9}, {2, 4, 9}, {3, 4, 0}};
    TraceComparison comparison = new TraceComparison(trace(STATES), trace(other));
    assertThat(comparison.first()).contains(new Divergence(2, 1));
    assertThat(comparison.differencesByStep()).containsExactly(0, 0, 1, 2);
    assertThat(comparison.differing(3, 3)).containsExactly(0, 1);
  }

  @Test
  void whatWasPredictedOnTheWayToEqualStatesDivergesToo() {
    int[][] predicted = {{2, 1, 0}, {2, 5, 0}, {2, 1, 6}};
    int[][] other = {{2, 1, 0}, {2, 5, 7}, {2, 1, 6}};
    TraceComparison comparison =
        new TraceComparison(trace(List.of(), STATES, predicted), trace(List.of(), STATES, other));
    assertThat(comparison.first()).contains(new Divergence(2, 2));
    assertThat(comparison.differencesByStep()).containsExactly(0, 0, 0, 0);
  }

  @Test
  void vocabulariesAreComparedOnce() {
    var looks = new AtomicInteger();
    Trace<TokenState, TokenRecord> trace = trace(counting(looks), STATES);
    var comparison = new TraceComparison(trace, trace(counting(looks), STATES));
    comparison.first();
    comparison.differencesByStep();
    comparison.alignedByShare();
    assertThat(looks).hasValue(1);
  }

  /** A vocabulary that counts how often it is compared with another. */
  private static List<String> counting(AtomicInteger looks) {
    return new AbstractList<>() {
      @Override
      public String get(int id) {
        return "t" + id;
      }

      @Override
      public int size() {
        return 10;
      }

      @Override
      public boolean equals(Object other) {
        looks.incrementAndGet();
        return super.equals(other);
      }

      @Override
      public int hashCode() {
        return super.hashCode();
      }
    };
  }

  @Test
  void aTraceThatEndsEarlierDivergesThere() {
    int[][] shorter = {STATES[0], STATES[1]};
    Divergence end = new TraceComparison(trace(shorter), trace(STATES)).first().orElseThrow();
    assertThat(end).isEqualTo(new Divergence(2, -1));
    assertThat(end.words()).isEqualTo("step 2, where one of them ends");
  }

  @Test
  void tokensOfOtherVocabulariesAreComparedByTheirTexts() {
    Trace<TokenState, TokenRecord> named = trace(List.of("a", "b", "c"), STATES);
    int[][] numbered = {{9, 9, 9}, {9, 0, 9}, {1, 0, 9}, {1, 0, 2}};
    Trace<TokenState, TokenRecord> other = trace(List.of("b", "c", "a"), numbered);
    assertThat(new TraceComparison(named, other).first()).isEmpty();
  }

  @Test
  void stepsAlignByTheShareThatIsUnmasked() {
    int[][] faster = {{9, 9, 9}, {2, 1, 9}, {2, 1, 0}};
    TraceComparison comparison = new TraceComparison(trace(STATES), trace(faster));
    assertThat(comparison.alignedByShare()).containsExactly(0, 1, 1, 2);
  }

  @Test
  void whatALongerSequenceHasMoreIsBesideNothing() {
    int[][] shorter = {{9, 9}, {9, 1}, {2, 1}, {2, 1}};
    TraceComparison comparison = new TraceComparison(trace(STATES), trace(shorter));
    assertThat(comparison.length()).isEqualTo(3);
    assertThat(comparison.differing(3, 3)).containsExactly(2);
    assertThat(new TraceComparison(trace(shorter), trace(STATES)).differing(3, 3))
        .containsExactly(2);
    assertThat(comparison.first()).contains(new Divergence(0, 2));
  }

  private static Trace<TokenState, TokenRecord> trace(int[][] states) {
    return trace(List.of(), states);
  }

  private static Trace<TokenState, TokenRecord> trace(List<String> vocabulary, int[][] states) {
    return trace(vocabulary, states, Arrays.copyOfRange(states, 1, states.length));
  }

  private static Trace<TokenState, TokenRecord> trace(
      List<String> vocabulary, int[][] states, int[][] predicted) {
    int length = states[0].length;
    TraceHeader header =
        new TraceHeader(
            new TraceHeader.Model("", ""),
            new TraceHeader.Tokens(vocabulary, 9, length, 0),
            "absorbing",
            "none",
            0,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            "");
    RecordedTrace<TokenState, TokenRecord> trace = new RecordedTrace<>(header, state(0, states[0]));
    for (int step = 1; step < states.length; step++) {
      float[] unknown = new float[length];
      TokenStep decision = new TokenStep(predicted[step - 1], unknown, state(step, states[step]));
      trace.append(
          new TokenRecord(decision, unknown, new Candidates(0, new int[0], new float[0]), -1));
    }
    return trace;
  }

  private static TokenState state(int step, int[] tokens) {
    return new TokenState(step, tokens, new byte[tokens.length], 0, 0, new long[0], Map.of());
  }
}
