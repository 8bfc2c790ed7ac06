package dev.unmask.engine.sampler.ancestral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrderedSamplerTest {
  private static final int MASK = 3;
  private static final int[] START = {2, MASK, 0, MASK, MASK};
  private static final byte[] MARKS = {Mark.PROMPT, 0, Mark.PINNED, 0, 0};

  /** p = 1/4, 3/4 and nothing, however probable the mask is. */
  private static final float[] LOGITS = {0, (float) Math.log(3), -99, 50};

  @Test
  void autoregressionGoesFromLeftToRightAndAsksForOneRow() {
    TokenSampler sampler = sampler(Autoregressive.KIND, Map.of());
    TokenState state = sampler.start(START, MARKS, new Philox(1, 0));
    for (int position : new int[] {1, 3, 4}) {
      assertThat(sampler.request(state).rows()).containsExactly(position);
      assertThat(sampler.plannedSteps(state)).isEqualTo(3);
      TokenStep step = step(sampler, state, 1);
      assertThat(step.predicted()[position]).isEqualTo(step.next().tokens()[position]);
      state = step.next();
      assertThat(state.tokens()[position]).isIn(0, 1);
      assertThat(state.time()).isCloseTo(1 - state.step() / 3.0, within(1e-15));
    }
    assertThat(sampler.finished(state)).isTrue();
    assertThat(state.tokens()).startsWith(2).doesNotContain(MASK);
    assertThat(state.evaluations()).isEqualTo(3);
  }

  @Test
  void bertFillsEveryMaskInOneStep() {
    TokenSampler sampler = sampler(Bert.KIND, Map.of());
    TokenState state = sampler.start(START, MARKS, new Philox(1, 0));
    assertThat(sampler.plannedSteps(state)).isEqualTo(1);
    TokenState last = step(sampler, state, 1).next();
    assertThat(last.tokens()).startsWith(2).doesNotContain(MASK);
    assertThat(last.time()).isZero();
    assertThat(sampler.finished(last)).isTrue();
  }

  /** Of n masks left, time is the greatest of n uniform numbers below the time before. */
  @Test
  void hittingTimesAreThoseOfMasksThatGoAtUniformTimes() {
    TokenSampler sampler = sampler(FirstHitting.KIND, Map.of());
    double[] sums = new double[4];
    int[] first = new int[5];
    int runs = 4000;
    for (int seed = 0; seed < runs; seed++) {
      TokenState state = sampler.start(START, MARKS, new Philox(seed, 0));
      while (!sampler.finished(state)) {
        TokenState next = step(sampler, state, seed).next();
        sums[next.step()] += next.time();
        first[changed(state, next)] += state.step() == 0 ? 1 : 0;
        state = next;
      }
    }
    assertThat(sums[1] / runs).isCloseTo(3 / 4.0, within(0.01));
    assertThat(sums[2] / runs).isCloseTo(2 / 4.0, within(0.015));
    assertThat(sums[3]).isZero();
    for (int position : new int[] {1, 3, 4}) {
      assertThat(first[position] / (double) runs).isCloseTo(1 / 3.0, within(0.03));
    }
  }

  @Test
  void firstHittingShowsWhatItWouldHavePredictedElsewhere() {
    TokenSampler sampler = sampler(FirstHitting.KIND, Map.of());
    TokenState state = sampler.start(START, MARKS, new Philox(1, 0));
    TokenStep step = step(sampler, state, 1);
    int unmasked = changed(state, step.next());
    for (int position : new int[] {1, 3, 4}) {
      if (position != unmasked) {
        assertThat(step.predicted()[position]).isEqualTo(1);
        assertThat(step.confidence()[position]).isCloseTo(0.75f, within(1e-6f));
      }
    }
    assertThat(step.predicted()[0]).isEqualTo(-1);
  }

  @Test
  void anEmptyNucleusTakesTheMostProbable() {
    TokenSampler sampler = sampler(Bert.KIND, Map.of("nucleus", "0"));
    TokenState state = sampler.start(START, MARKS, new Philox(1, 0));
    for (int seed = 0; seed < 20; seed++) {
      assertThat(step(sampler, state, seed).next().tokens()).containsExactly(2, 1, 0, 1, 1);
    }
  }

  private static int changed(TokenState before, TokenState after) {
    return Arrays.mismatch(before.tokens(), after.tokens());
  }

  private static TokenSampler sampler(SamplerKind kind, Map<String, String> settings) {
    return kind.create(settings, new Vocabulary(4, MASK, new int[0]));
  }

  private static TokenStep step(TokenSampler sampler, TokenState state, int seed) {
    int[] rows = sampler.request(state).rows();
    float[][] logits = Arrays.stream(rows).mapToObj(_ -> LOGITS).toArray(float[][]::new);
    return sampler.step(state, new Prediction(rows, logits), new Philox(seed, state.step()));
  }
}
