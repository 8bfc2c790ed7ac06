package dev.unmask.engine.denoiser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.noise.AbsorbingTransition;
import dev.unmask.engine.noise.HybridProcess;
import dev.unmask.engine.noise.Transition;
import dev.unmask.engine.noise.UniformTransition;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RowMeaningTest {
  private static final int MASK = 3;

  /** p̃ without the mask, and x_t, and the noise between. */
  private static final float[] LEAVE_ONE_OUT = {
    (float) Math.log(0.2), (float) Math.log(0.5), (float) Math.log(0.3), Float.NEGATIVE_INFINITY
  };

  record Case(int noisy, Transition through) {}

  static Stream<Case> cases() {
    return Stream.of(
        new Case(MASK, new AbsorbingTransition(4, MASK, 0.4)),
        new Case(0, new UniformTransition(4, 0.4)),
        new Case(2, new UniformTransition(4, 0.001)),
        new Case(MASK, new HybridProcess(4, MASK, 0.2, 1, 20).through(0.7)),
        new Case(1, new HybridProcess(4, MASK, 0.2, 1, 20).through(0.7)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void eachKindOfRowFollowsFromEach(Case given) {
    RowMeaning first = RowMeaning.LEAVE_ONE_OUT_LOGITS;
    for (RowMeaning one : RowMeaning.values()) {
      float[] row = first.as(one, LEAVE_ONE_OUT, given.noisy(), given.through());
      for (RowMeaning other : RowMeaning.values()) {
        float[] expected = first.as(other, LEAVE_ONE_OUT, given.noisy(), given.through());
        float[] came = one.as(other, row, given.noisy(), given.through());
        assertThat(probabilities(came))
            .as("%s as %s", one, other)
            .containsExactly(probabilities(expected), within(2e-4));
      }
    }
  }

  @Test
  void cleanRowsAreBayesRule() {
    float[] clean =
        RowMeaning.LEAVE_ONE_OUT_LOGITS.as(
            RowMeaning.CLEAN_LOGITS, LEAVE_ONE_OUT, 0, new UniformTransition(4, 0.4));
    double whole = 0.2 * 0.55 + 0.8 * 0.15;
    assertThat(Math.exp(clean[0])).isCloseTo(0.2 * 0.55 / whole, within(1e-6));
    assertThat(Math.exp(clean[1])).isCloseTo(0.5 * 0.15 / whole, within(1e-6));
    assertThat(clean[MASK]).isEqualTo(Float.NEGATIVE_INFINITY);
  }

  @Test
  void scoresOfAMaskAreThoseOfSedd() {
    float[] scores =
        RowMeaning.CLEAN_LOGITS.as(
            RowMeaning.LOG_SCORES, LEAVE_ONE_OUT, MASK, new AbsorbingTransition(4, MASK, 0.4));
    double sigma = -Math.log(0.4);
    assertThat(scores[1]).isCloseTo((float) Math.log(0.5 / Math.expm1(sigma)), within(1e-6f));
    assertThat(scores[MASK]).isZero();
  }

  private static double[] probabilities(float[] row) {
    double sum = 0;
    for (float logit : row) {
      sum += Math.exp(logit);
    }
    double[] probabilities = new double[row.length];
    for (int token = 0; token < row.length; token++) {
      probabilities[token] = Math.exp(row[token]) / sum;
    }
    return probabilities;
  }
}
