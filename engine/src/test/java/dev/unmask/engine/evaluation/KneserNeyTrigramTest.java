package dev.unmask.engine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KneserNeyTrigramTest {
  private static final int VOCABULARY = 6;
  private static final KneserNeyTrigram MODEL =
      KneserNeyTrigram.train(
          List.of(new int[] {0, 1, 2, 3, 1, 2, 4}, new int[] {1, 2, 3, 1, 2, 3}), VOCABULARY);

  @Test
  void probabilitiesSumToOneAfterEveryContext() {
    for (int a = 0; a < VOCABULARY; a++) {
      for (int b = 0; b < VOCABULARY; b++) {
        assertThat(mass(a, b)).as("after %d, %d", a, b).isCloseTo(1, within(1e-12));
      }
      assertThat(mass(a)).as("after %d", a).isCloseTo(1, within(1e-12));
    }
    assertThat(mass()).isCloseTo(1, within(1e-12));
  }

  @Test
  void aSeenTrigramIsWorthItsDiscountedCountPlusWhatItsContextGivesAway() {
    // "1 2" was followed by 3 three times and by 4 once; one trigram type of the four kinds seen
    // once.
    double pair = MODEL.probability(new int[] {5, 2, 3}, 2);
    double discount = discountOfTriples();
    assertThat(MODEL.probability(new int[] {1, 2, 3}, 2))
        .isCloseTo((3 - discount + discount * 2 * pair) / 4, within(1e-12));
  }

  @Test
  void anUnseenTokenStillHasAChance() {
    assertThat(MODEL.probability(new int[] {1, 2, 5}, 2)).isPositive().isLessThan(0.1);
  }

  @Test
  void theLikelihoodOfAWindowStartsWithoutContext() {
    int[] window = {3, 1, 2};
    double sum =
        IntStream.range(0, 3).mapToDouble(i -> Math.log(MODEL.probability(window, i))).sum();
    assertThat(MODEL.logLikelihood(window)).isEqualTo(sum);
    assertThat(MODEL.probability(window, 0)).isGreaterThan(MODEL.probability(new int[] {0}, 0));
  }

  /** Trigrams: 012 once, 123 three times, 231 twice, 312 twice, 124 once: n1 = 2, n2 = 2. */
  private static double discountOfTriples() {
    return 2.0 / (2 + 2 * 2);
  }

  private static double mass(int... context) {
    int[] window = Arrays.copyOf(context, context.length + 1);
    double sum = 0;
    for (int token = 0; token < VOCABULARY; token++) {
      window[context.length] = token;
      sum += MODEL.probability(window, context.length);
    }
    return sum;
  }
}
