package dev.unmask.engine.sampler.canvas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.sampler.ChiSquare;
import dev.unmask.engine.sampler.Truth;
import dev.unmask.engine.sampler.api.BlockPosition;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanvasSamplerTest {
  private static final int END = 4;
  private static final Vocabulary VOCABULARY =
      new Vocabulary(5, Vocabulary.NO_MASK, new int[] {END});
  private static final float[] SURE = {0, 0, 60, 0, 0};
  private static final float[] ENDING = {0, 0, 0, 0, 60};
  private static final float[] UNSURE = {0, 1, 2, 1, 0};

  static Stream<Named<SamplerKind>> kinds() {
    return Stream.of(EntropyBounded.KIND, DiscreteDdim.KIND, UniformBlockRefinement.KIND)
        .map(kind -> Named.of(kind.name(), kind));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void writesBlockAfterBlockAndKeepsWhatIsGiven(SamplerKind kind) {
    Map<String, String> settings = Map.of("steps", "3", "block", "4", "stop-at-end", "false");
    TokenSampler sampler = kind.create(settings, VOCABULARY);
    int[] tokens = {3, -1, -1, 3, -1, -1, -1, 3, -1, -1, -1, -1, -1};
    byte[] marks = new byte[13];
    marks[0] = Mark.PROMPT;
    marks[3] = Mark.PINNED;
    marks[7] = Mark.PINNED;
    TokenState state = sampler.start(tokens, marks, new Philox(1, 0));
    for (int block = 0; block < 3; block++) {
      int from = 1 + 4 * block;
      for (int step = 0; step < 3; step++) {
        assertThat(sampler.block(state)).isEqualTo(new BlockPosition(block, 3, from, from + 4));
        assertThat(sampler.plannedSteps(state)).isEqualTo(9);
        assertThat(state.time()).isCloseTo(1 - step / 3.0, within(1e-12));
        assertThat(sampler.request(state).ids()).hasSize(from + 4).doesNotContain(-1);
        assertThat(sampler.request(state).rows())
            .isEqualTo(IntStream.range(from, from + 4).filter(i -> i != 3 && i != 7).toArray());
        assertThat(state.tokens()).startsWith(3);
        assertThat(state.tokens()[3]).isEqualTo(3);
        assertThat(state.tokens()[7]).isEqualTo(3);
        assertThat(count(state, -1)).isEqualTo(block == 0 ? 7 : 8 - 4 * block);
        state = step(sampler, state, UNSURE).next();
      }
    }
    assertThat(sampler.finished(state)).isTrue();
    assertThat(state.time()).isZero();
    assertThat(state.evaluations()).isEqualTo(9);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void endsABlockEarlyOnceItsMostProbableTokensStayAndAreSure(SamplerKind kind) {
    Map<String, String> settings =
        Map.of("steps", "9", "block", "4", "stop-entropy", "0.1", "stop-stability", "2");
    TokenSampler sampler = kind.create(settings, VOCABULARY);
    TokenState state = start(sampler, 8);
    state = step(sampler, state, UNSURE).next();
    for (int step = 1; step < 3; step++) {
      assertThat(sampler.block(state).index()).isZero();
      state = step(sampler, state, SURE).next();
    }
    assertThat(state.tokens()).startsWith(2, 2, 2, 2);
    assertThat(sampler.block(state).index()).isEqualTo(1);
    assertThat(sampler.plannedSteps(state)).isEqualTo(3 + 9);
    for (int step = 0; step < 9; step++) {
      assertThat(sampler.finished(state)).isFalse();
      state = step(sampler, state, UNSURE).next();
    }
    assertThat(sampler.finished(state)).as("unsure to the last").isTrue();
  }

  @Test
  void correctsBeforeItEndsABlockEarly() {
    Map<String, String> settings =
        Map.of("steps", "9", "corrector-sweeps", "2", "stop-entropy", "0.1");
    TokenSampler sampler = DiscreteDdim.KIND.create(settings, VOCABULARY);
    TokenState state = start(sampler, 4);
    for (int step = 0; step < 6; step++) {
      assertThat(sampler.finished(state)).isFalse();
      boolean isCorrection = step % 3 > 0;
      state = step(sampler, state, isCorrection ? UNSURE : SURE).next();
    }
    assertThat(state.tokens()).containsOnly(2);
    assertThat(sampler.finished(state)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void beginsNoBlockAfterTheEndOfTheText(boolean stops) {
    Map<String, String> settings =
        Map.of("steps", "2", "block", "4", "stop-at-end", String.valueOf(stops));
    TokenSampler sampler = UniformBlockRefinement.KIND.create(settings, VOCABULARY);
    TokenState state = start(sampler, 8);
    state = step(sampler, state, ENDING).next();
    state = step(sampler, state, ENDING).next();
    assertThat(sampler.finished(state)).isEqualTo(stops);
    assertThat(count(state, -1)).isEqualTo(stops ? 4 : 0);
  }

  @Test
  void takesTokensOfLeastEntropyUntilTheirSumWithoutTheGreatestExceedsTheBound() {
    Map<String, String> settings =
        Map.of("steps", "1", "first-temperature", "0.5", "entropy-bound", "1.3");
    TokenSampler sampler = EntropyBounded.KIND.create(settings, VOCABULARY);
    TokenState state = start(sampler, 400);
    float[][] logits = new float[400][];
    for (int i = 0; i < 400; i++) {
      // Entropies 0, then 0.6365 (two tokens of odds 1 to 2 once halved in temperature), then ln 5.
      float odds = (float) Math.log(2) / 2;
      logits[i] =
          i == 7 || i == 90 || i == 200 ? new float[] {-99, -99, odds, 0, -99} : new float[5];
    }
    logits[300] = SURE;
    TokenStep step =
        sampler.step(
            state, new Prediction(sampler.request(state).rows(), logits), new Philox(5, 0));
    assertThat(step.confidence()[300]).isZero();
    assertThat(step.confidence()[7]).isCloseTo(-0.6365f, within(1e-4f));
    long taken =
        IntStream.range(0, 400).filter(i -> step.next().tokens()[i] == step.predicted()[i]).count();
    assertThat(step.next().tokens()[300]).isEqualTo(2);
    for (int i : new int[] {7, 90, 200}) {
      assertThat(step.next().tokens()[i]).isEqualTo(step.predicted()[i]).isBetween(2, 3);
    }
    assertThat(taken).as("the rest agree by chance, one in five").isBetween(50L, 110L);
  }

  @Test
  void sharesCommitsEvenlyCommitsTheSureAndEditsAboveTheThreshold() {
    Map<String, String> settings =
        Map.of("steps", "4", "threshold", "0.9", "editing-threshold", "0.9");
    TokenSampler sampler = UniformBlockRefinement.KIND.create(settings, VOCABULARY);
    TokenState state = start(sampler, 8);
    float[][] logits = new float[8][];
    Arrays.setAll(logits, i -> new float[] {0, i / 10f + 0.1f, 0, 0, 0});
    logits[0] = SURE;
    logits[1] = SURE;
    logits[2] = SURE;
    int[] rows = sampler.request(state).rows();
    TokenState first = sampler.step(state, new Prediction(rows, logits), new Philox(2, 0)).next();
    assertThat(first.tokens()).startsWith(2, 2, 2);
    logits[0] = new float[] {0, 0, 0, 2, 0};
    logits[1] = new float[] {60, 0, 0, 0, 0};
    TokenState second = sampler.step(first, new Prediction(rows, logits), new Philox(2, 1)).next();
    assertThat(second.tokens()).startsWith(2, 0, 2);
    assertThat(second.tokens()[7]).as("4 of 8 are due, 3 are there").isEqualTo(1);
    TokenState third = sampler.step(second, new Prediction(rows, logits), new Philox(2, 2)).next();
    TokenState last = sampler.step(third, new Prediction(rows, logits), new Philox(2, 3)).next();
    assertThat(last.tokens()).isEqualTo(new int[] {2, 0, 2, 1, 1, 1, 1, 1});
    assertThat(sampler.finished(last)).isTrue();
  }

  /** Given x̂0 drawn from the exact p(x_0 | x_t), only that positions move together is wrong. */
  @ParameterizedTest
  @ValueSource(strings = {"0", "1"})
  void discreteDdimNearsTheTruthAsItsStepsRise(String sweeps) {
    assertThat(test(40, sweeps).passes()).isTrue();
    assertThat(test(4, sweeps).divergence()).isLessThan(test(1, "0").divergence() / 2);
  }

  private static ChiSquare test(int steps, String sweeps) {
    Truth truth = Truth.correlated();
    Map<String, String> settings =
        Map.of(
            "steps",
            String.valueOf(steps),
            "temperature",
            "1",
            "corrector-sweeps",
            sweeps,
            "corrector-selection",
            "random");
    return truth.test(DiscreteDdim.KIND.create(settings, Truth.PLAIN), Truth.PLAIN, 3000);
  }

  private static TokenState start(TokenSampler sampler, int length) {
    int[] tokens = new int[length];
    Arrays.fill(tokens, -1);
    return sampler.start(tokens, new byte[length], new Philox(7, 0));
  }

  private static TokenStep step(TokenSampler sampler, TokenState state, float[] logits) {
    int[] rows = sampler.request(state).rows();
    float[][] all = Arrays.stream(rows).mapToObj(_ -> logits).toArray(float[][]::new);
    return sampler.step(state, new Prediction(rows, all), new Philox(7, state.step()));
  }

  private static long count(TokenState state, int token) {
    return Arrays.stream(state.tokens()).filter(other -> other == token).count();
  }
}
