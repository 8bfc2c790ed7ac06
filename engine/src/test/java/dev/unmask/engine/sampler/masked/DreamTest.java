package dev.unmask.engine.sampler.masked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.random.TorchRandom;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DreamTest {
  private static final int MASK = 3;
  private static final Vocabulary VOCABULARY = new Vocabulary(4, MASK, new int[0]);
  private static final Philox RANDOM = new Philox(1, 0);

  /** The greatest probability, the greatest lead and the least entropy are in different rows. */
  private static final float[][] RIVALS = {
    logs(0.60, 0.395, 0.005), logs(0.59, 0.205, 0.205), logs(0.50, 0.4999, 0.0001)
  };

  @ParameterizedTest
  @CsvSource({"maskgit-plus, 0, 0.6", "topk-margin, 1, 0.385", "entropy, 2, -0.6941"})
  void commitsWhatItsAlgorithmScoresHighest(String alg, int position, float score) {
    TokenSampler sampler = dream("alg", alg, "steps", "2");
    TokenState state = start(sampler, MASK, MASK, MASK, 0);
    TokenStep step = sampler.step(state, new Prediction(new int[] {0, 1, 2}, RIVALS), RANDOM);
    assertThat(committed(state, step.next())).containsExactly(position);
    assertThat(step.confidence()[position]).isCloseTo(score, within(1e-4f));
    assertThat(step.predicted()).containsExactly(0, 0, 0, -1);
    assertThat(step.confidence()[3]).isNaN();
  }

  @Test
  void followsTheTimeAndFillsTheRestInTheLastStep() {
    TokenSampler sampler = dream("steps", "4", "eps", "0.1");
    TokenState state = start(sampler, MASK, MASK, MASK, MASK, MASK, MASK, MASK, MASK);
    double[] times = {0.775, 0.55, 0.325, 0.1};
    int[] left = {7, 5, 3, 0};
    for (int i = 0; i < 4; i++) {
      assertThat(sampler.finished(state)).isFalse();
      state = step(sampler, state, RANDOM);
      assertThat(state.time()).isCloseTo(times[i], within(1e-6));
      assertThat(sampler.request(state).rows()).hasSize(left[i]);
      assertThat(sampler.request(state).time()).hasValue(state.time());
    }
    assertThat(sampler.finished(state)).isTrue();
    assertThat(state.evaluations()).isEqualTo(4);
  }

  @Test
  void takesAStepForEachMaskUnlessToldOtherwise() {
    TokenSampler sampler = dream();
    TokenState state = start(sampler, 1, MASK, 2, MASK, MASK);
    assertThat(sampler.plannedSteps(state)).isEqualTo(3);
    assertThat(sampler.plannedSteps(step(sampler, state, RANDOM))).isEqualTo(3);
  }

  @Test
  void originCommitsEachPositionWithItsChance() {
    TokenSampler sampler = dream("alg", "origin", "steps", "4", "eps", "0");
    TokenState state = start(sampler, MASK, MASK, MASK, MASK, MASK);
    int runs = 2000;
    int[] counts = new int[5];
    for (int seed = 0; seed < runs; seed++) {
      TokenState next = step(sampler, state, new Philox(seed, 0));
      committed(state, next).forEach(position -> counts[position]++);
    }
    for (int count : counts) {
      assertThat(count / (double) runs).isCloseTo(0.25, within(0.03));
    }
  }

  @Test
  void originDrawsTokensOnlyWhereItCommits() {
    TokenSampler sampler = dream("alg", "origin", "steps", "2", "temperature", "1");
    TokenState state = start(sampler, MASK, MASK, MASK, MASK, MASK, MASK);
    TorchRandom random = new TorchRandom(4);
    TokenState next = step(sampler, state, random);
    int committed = committed(state, next).size();
    assertThat(committed).isBetween(1, 5);
    assertThat(random.draws()).containsExactly(6 + committed * 4L * 2);
    assertThat(next.draws()).isEqualTo(random.draws());
  }

  @Test
  void aTemperatureOfTheRankingDrawsMasksOnly() {
    TokenSampler sampler = dream("alg-temp", "0.001", "steps", "2");
    TokenState state = start(sampler, 0, 1, MASK, MASK, MASK, MASK);
    Set<Set<Integer>> seen = new HashSet<>();
    for (int seed = 0; seed < 50; seed++) {
      Set<Integer> committed = committed(state, step(sampler, state, new Philox(seed, 0)));
      assertThat(committed).hasSize(1).doesNotContain(0, 1);
      seen.add(committed);
    }
    assertThat(seen).hasSizeGreaterThan(1);
    TokenState last = step(sampler, step(sampler, state, RANDOM), RANDOM);
    assertThat(last.tokens()).doesNotContain(MASK).startsWith(0, 1);
  }

  /** Their chances are too small for float32, and yet they must be drawn at last. */
  @Test
  void noMaskIsTooImprobableToBeDrawnInTheLastStep() {
    TokenSampler sampler = dream("alg-temp", "0.001", "steps", "1");
    TokenState state = start(sampler, 0, MASK, MASK, MASK);
    TokenStep step = sampler.step(state, new Prediction(new int[] {1, 2, 3}, RIVALS), RANDOM);
    assertThat(step.next().tokens()).containsExactly(0, 0, 0, 0);
  }

  @Test
  void refusesAStateThatDoesNotRememberItsMasks() {
    TokenSampler sampler = dream();
    TokenState foreign =
        new TokenState(1, new int[] {MASK}, new byte[1], 1, 1, new long[0], Map.of());
    assertThatThrownBy(() -> sampler.plannedSteps(foreign))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("memory.masks");
  }

  private static TokenSampler dream(String... settings) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      given.put(settings[i], settings[i + 1]);
    }
    return Dream.KIND.create(given, VOCABULARY);
  }

  private static TokenState start(TokenSampler sampler, int... tokens) {
    return sampler.start(tokens, new byte[tokens.length], RANDOM);
  }

  private static TokenState step(TokenSampler sampler, TokenState state, RandomSource random) {
    int[] rows = sampler.request(state).rows();
    float[][] logits = IntStream.of(rows).mapToObj(_ -> RIVALS[0]).toArray(float[][]::new);
    return sampler.step(state, new Prediction(rows, logits), random).next();
  }

  private static Set<Integer> committed(TokenState before, TokenState after) {
    Set<Integer> committed = new HashSet<>();
    for (int i = 0; i < before.length(); i++) {
      if (before.tokens()[i] != after.tokens()[i]) {
        committed.add(i);
      }
    }
    return committed;
  }

  private static float[] logs(double... probabilities) {
    float[] logits = {0, 0, 0, -90};
    for (int token = 0; token < probabilities.length; token++) {
      logits[token] = (float) Math.log(probabilities[token]);
    }
    return logits;
  }
}
