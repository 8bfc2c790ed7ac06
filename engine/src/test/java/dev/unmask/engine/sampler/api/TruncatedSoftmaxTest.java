package dev.unmask.engine.sampler.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Rows;
import dev.unmask.engine.random.TorchRandom;
import org.junit.jupiter.api.Test;

class TruncatedSoftmaxTest {
  /** Probabilities 0.1, 0.4, 0.2, 0.3 at temperature 1. */
  private static final float[] LOGITS = {log(1), log(4), log(2), log(3)};

  @Test
  void takesTheMostProbableAndDrawsNothingAtTemperatureZero() {
    TorchRandom random = new TorchRandom(1);
    TruncatedSoftmax softmax = new TruncatedSoftmax(0, 1, 0);
    float[][] probabilities = {softmax.probabilities(LOGITS)};
    assertProbabilities(probabilities[0], 0.1, 0.4, 0.2, 0.3);
    assertThat(softmax.tokens(probabilities, 4, Rows.packed(new int[] {5}), random))
        .containsExactly(1);
    assertThat(random.draws()).containsExactly(0);
  }

  @Test
  void sharpensBeforeItCuts() {
    assertProbabilities(
        new TruncatedSoftmax(0.5, 1, 0).probabilities(LOGITS),
        1 / 30.0,
        16 / 30.0,
        4 / 30.0,
        9 / 30.0);
    assertProbabilities(
        new TruncatedSoftmax(0.5, 0.8, 0).probabilities(LOGITS), 0, 16 / 25.0, 0, 9 / 25.0);
  }

  @Test
  void keepsTheTokenThatTakesTheNucleusOverItsShare() {
    assertProbabilities(
        new TruncatedSoftmax(1, 0.69, 0).probabilities(LOGITS), 0, 4 / 7.0, 0, 3 / 7.0);
    assertProbabilities(
        new TruncatedSoftmax(1, 0.71, 0).probabilities(LOGITS), 0, 4 / 9.0, 2 / 9.0, 3 / 9.0);
    assertProbabilities(new TruncatedSoftmax(1, 0, 0).probabilities(LOGITS), 0, 1, 0, 0);
  }

  @Test
  void keepsTheMostProbableTokensAndThoseThatTieWithTheLast() {
    assertProbabilities(
        new TruncatedSoftmax(1, 1, 2).probabilities(LOGITS), 0, 4 / 7.0, 0, 3 / 7.0);
    float[] tied = {1, 0, 2, 1};
    assertThat(new TruncatedSoftmax(1, 1, 2).probabilities(tied)[1]).isZero();
    assertThat(new TruncatedSoftmax(1, 1, 2).probabilities(tied)[3]).isPositive();
    assertProbabilities(new TruncatedSoftmax(1, 1, 9).probabilities(LOGITS), 0.1, 0.4, 0.2, 0.3);
  }

  @Test
  void neverDrawsWhatIsCutOff() {
    TruncatedSoftmax softmax = new TruncatedSoftmax(2, 1, 2);
    float[][] probabilities = {softmax.probabilities(LOGITS)};
    for (int step = 0; step < 200; step++) {
      Rows row = Rows.packed(new int[] {0});
      assertThat(softmax.tokens(probabilities, 4, row, new Philox(1, step))[0]).isIn(1, 3);
    }
  }

  private static void assertProbabilities(float[] came, double... expected) {
    for (int token = 0; token < expected.length; token++) {
      assertThat(came[token]).isCloseTo((float) expected[token], within(1e-6f));
    }
  }

  private static float log(double number) {
    return (float) Math.log(number);
  }
}
