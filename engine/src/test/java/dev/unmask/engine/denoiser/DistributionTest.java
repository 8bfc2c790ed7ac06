package dev.unmask.engine.denoiser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DistributionTest {
  private static final float NEVER = Float.NEGATIVE_INFINITY;

  @Test
  void isTheSoftmaxOfARowOfLogits() {
    for (int size : new int[] {1, 30, 256, 5000}) {
      float[] logits = logits(size);
      double sum = 0;
      for (float logit : logits) {
        sum += StrictMath.exp(logit);
      }
      double entropy = 0;
      Distribution distribution = new Distribution(logits);
      for (int token = 0; token < size; token++) {
        double probability = StrictMath.exp(logits[token]) / sum;
        entropy -= probability * StrictMath.log(probability);
        assertThat(distribution.probability(token)).isCloseTo(probability, within(1e-14));
      }
      assertThat(distribution.entropy()).isCloseTo(entropy, within(1e-12));
      assertThat(distribution.logOfSum()).isCloseTo(StrictMath.log(sum), within(1e-12));
      assertThat(distribution.token()).isEqualTo(distribution.mostProbable(3)[0]);
    }
  }

  @Test
  void givesWhatIsImpossibleNoPart() {
    Distribution distribution = new Distribution(new float[] {NEVER, 2, NEVER, 2});
    assertThat(distribution.exists()).isTrue();
    assertThat(distribution.probability(0)).isZero();
    assertThat(distribution.probability(3)).isEqualTo(0.5);
    assertThat(distribution.entropy()).isEqualTo(StrictMath.log(2));
    assertThat(distribution.token()).isEqualTo(1);
  }

  @Test
  void doesNotExistWhereALogitIsNoNumberOrInfiniteOrNoTokenIsPossible() {
    assertThat(new Distribution(new float[] {1, Float.NaN, 2}).exists()).isFalse();
    assertThat(new Distribution(new float[] {1, Float.POSITIVE_INFINITY}).exists()).isFalse();
    assertThat(new Distribution(new float[] {NEVER, NEVER}).exists()).isFalse();
  }

  /** Whether it is interpreted or compiled, for a processor with registers of any width. */
  @Test
  void hasTheSameBitsHoweverOftenItIsAsked() {
    float[] logits = logits(4099);
    Distribution first = new Distribution(logits);
    for (int i = 0; i < 1000; i++) {
      Distribution again = new Distribution(logits);
      assertThat(again.entropy()).isEqualTo(first.entropy());
      assertThat(again.probability(77)).isEqualTo(first.probability(77));
    }
  }

  private static float[] logits(int size) {
    var random = new Random(size);
    float[] logits = new float[size];
    for (int token = 0; token < size; token++) {
      logits[token] = (float) random.nextGaussian(0, 3);
    }
    return logits;
  }
}
