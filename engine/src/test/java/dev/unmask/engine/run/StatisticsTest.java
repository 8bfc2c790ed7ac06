package dev.unmask.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.denoiser.Prediction;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  @Test
  void findsTheMostProbableTokensThatASortFinds() {
    Random random = new Random(1);
    for (int round = 0; round < 50; round++) {
      float[] logits = new float[200];
      for (int token = 0; token < logits.length; token++) {
        logits[token] = random.nextInt(40) / 4f;
      }
      int[] sorted =
          IntStream.range(0, logits.length)
              .boxed()
              .sorted(Comparator.comparing(token -> -logits[token]))
              .limit(8)
              .mapToInt(Integer::intValue)
              .toArray();
      Statistics statistics = of(logits, 8);
      assertThat(Arrays.copyOfRange(statistics.candidates().ids(), 8, 16)).isEqualTo(sorted);
    }
  }

  @Test
  void knowsTheEntropyAndTheProbabilitiesOfASimpleDistribution() {
    float impossible = Float.NEGATIVE_INFINITY;
    Statistics statistics = of(new float[] {impossible, 1, 1 + (float) Math.log(2), 1}, 3);
    assertThat(statistics.candidates().ids()).containsExactly(-1, -1, -1, 2, 1, 3);
    assertThat(statistics.candidates().probabilities()[3]).isCloseTo(0.5f, within(1e-6f));
    assertThat(statistics.candidates().probabilities()[5]).isCloseTo(0.25f, within(1e-6f));
    assertThat(statistics.entropy()[0]).isNaN();
    assertThat(statistics.entropy()[1]).isCloseTo((float) (1.5 * Math.log(2)), within(1e-6f));
  }

  @Test
  void leavesPlacesEmptyWhereTheVocabularyIsSmall() {
    assertThat(of(new float[] {0, 3}, 4).candidates().ids())
        .containsExactly(-1, -1, -1, -1, 1, 0, -1, -1);
  }

  private static Statistics of(float[] logits, int kept) {
    return Statistics.of(
        new Prediction(new int[] {1}, new float[][] {logits}), new int[] {0, 1}, 2, kept);
  }
}
