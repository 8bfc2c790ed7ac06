package dev.unmask.engine.sampler.masked;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.denoiser.Context;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.TorchRandom;
import dev.unmask.engine.sampler.api.BlockPosition;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.TokenState;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class FastDllmTest {
  private static final int MASK = 3;
  private static final Philox RANDOM = new Philox(1, 0);

  @Test
  void commitsWhatReachesTheThresholdAndAlwaysTheSurest() {
    TokenSampler sampler = sampler("threshold", "0.7");
    TokenState state = start(sampler, MASK, MASK, MASK);
    assertThat(step(sampler, state, 0.8, 0.6, 0.75).tokens()).containsExactly(1, 0, MASK, 0);
    assertThat(step(sampler, state, 0.5, 0.6, 0.4).tokens()).containsExactly(1, MASK, 0, MASK);
  }

  /** By 1 − 1 / (n + 1): two above 2/3, three above 3/4. */
  @Test
  void commitsByTheFactorWhatIsSureEnoughTogether() {
    TokenSampler sampler = sampler("rule", "factor");
    TokenState state = start(sampler, MASK, MASK, MASK, MASK);
    assertThat(step(sampler, state, 0.7, 0.5, 0.9, 0.6).tokens())
        .containsExactly(1, 0, MASK, 0, MASK);
    assertThat(step(sampler, state, 0.6, 0.5, 0.9, 0.6).tokens())
        .containsExactly(1, MASK, MASK, 0, MASK);
    assertThat(step(sampler, state, 0.76, 0.5, 0.9, 0.77).tokens())
        .as("a single one that is left over")
        .doesNotContain(MASK);
  }

  @Test
  void commitsByQuotaAnEqualShareAStep() {
    TokenSampler sampler = sampler("rule", "quota", "steps", "2");
    TokenState state = start(sampler, MASK, MASK, MASK);
    assertThat(sampler.plannedSteps(state)).isEqualTo(2);
    state = step(sampler, state, 0.5, 0.6, 0.4);
    assertThat(state.tokens()).containsExactly(1, 0, 0, MASK);
    state = step(sampler, state, 0.4);
    assertThat(sampler.finished(state)).isTrue();
    assertThat(sampler.plannedSteps(state)).isEqualTo(2);
  }

  @Test
  void evaluatesWithThePrefixCacheTheRestAndWithTheDualCacheTheBlock() {
    for (String cache : new String[] {"prefix", "dual"}) {
      TokenSampler sampler = sampler("cache", cache, "block", "2");
      TokenState state = start(sampler, MASK, MASK, MASK, MASK);
      Request first = sampler.request(state);
      assertThat(first.context()).isEqualTo(Context.KEPT);
      assertThat(first.rows()).containsExactly(1, 2);
      state = step(sampler, state, 0.5, 0.6);
      Request second = sampler.request(state);
      int[] window = cache.equals("dual") ? new int[] {1, 2} : new int[] {1, 2, 3, 4};
      assertThat(second.positions()).containsExactly(window);
      assertThat(second.ids()).startsWith(MASK, 0);
      assertThat(second.rows()).containsExactly(0);
      assertThat(second.context())
          .isInstanceOfSatisfying(
              Context.Earlier.class,
              earlier -> {
                assertThat(earlier.step()).isZero();
                assertThat(earlier.ids()).containsExactly(1, MASK, MASK, MASK, MASK);
                assertThat(earlier.time()).isEqualTo(OptionalDouble.of(1));
              });
      state = step(sampler, state, 0.5);
      assertThat(state.tokens()).containsExactly(1, 0, 0, MASK, MASK);
      assertThat(sampler.request(state).context()).isEqualTo(Context.KEPT);
      assertThat(sampler.request(state).rows()).containsExactly(3, 4);
    }
  }

  @Test
  void evaluatesAFullBlockOnceMoreOnlyIfToldTo() {
    TokenState correct = twoBlocks(sampler("cache", "dual", "block", "2"));
    assertThat(correct.evaluations()).isEqualTo(2);
    TokenState reference =
        twoBlocks(sampler("cache", "dual", "block", "2", "evaluate-full-blocks", "true"));
    assertThat(reference.evaluations()).isEqualTo(4);
    assertThat(reference.tokens()).isEqualTo(correct.tokens());
  }

  private static TokenState twoBlocks(TokenSampler sampler) {
    TokenState state = start(sampler, MASK, MASK, MASK, MASK);
    while (!sampler.finished(state)) {
      double[] sure = new double[sampler.request(state).rows().length];
      Arrays.fill(sure, 0.95);
      state = step(sampler, state, sure);
    }
    return state;
  }

  @Test
  void passesOverBlocksThatAreGiven() {
    TokenSampler sampler = sampler("block", "2");
    TokenState state = start(sampler, 0, 2, MASK, MASK);
    assertThat(sampler.block(state)).isEqualTo(new BlockPosition(1, 2, 3, 5));
    assertThat(sampler.request(state).rows()).containsExactly(3, 4);
  }

  @Test
  void endsThoughMasksAreAllThatIsPredicted() {
    TokenSampler sampler = sampler("threshold", "0.5");
    TokenState state = start(sampler, MASK, MASK);
    float[] mask = {0, 1, 0, 9};
    Prediction prediction =
        new Prediction(sampler.request(state).rows(), new float[][] {mask, mask});
    assertThat(sampler.step(state, prediction, RANDOM).next().tokens()).containsExactly(1, 1, 1);
  }

  @Test
  void drawsNoiseForAllThatIsEvaluatedAndThenTheRanks() {
    TokenSampler sampler =
        sampler("cache", "dual", "block", "2", "temperature", "1", "remasking", "random");
    TokenState state = start(sampler, MASK, MASK, MASK, MASK);
    TorchRandom whole = new TorchRandom(5);
    int[] rows = sampler.request(state).rows();
    float[][] logits = {token0(0.5), token0(0.5)};
    state = sampler.step(state, new Prediction(rows, logits), whole).next();
    assertThat(whole.draws()).containsExactly(2 * 5 * 4 + 5);
  }

  private static TokenSampler sampler(String... settings) {
    Map<String, String> given = new LinkedHashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      given.put(settings[i], settings[i + 1]);
    }
    return FastDllm.KIND.create(given, new Vocabulary(4, MASK, new int[0]));
  }

  /** Behind a prompt of one token. */
  private static TokenState start(TokenSampler sampler, int... answer) {
    int[] tokens = new int[answer.length + 1];
    tokens[0] = 1;
    System.arraycopy(answer, 0, tokens, 1, answer.length);
    byte[] marks = new byte[tokens.length];
    marks[0] = Mark.PROMPT;
    return sampler.start(tokens, marks, RANDOM);
  }

  /** Token 0 is predicted everywhere, with these probabilities. */
  private static TokenState step(TokenSampler sampler, TokenState state, double... sure) {
    float[][] logits = Arrays.stream(sure).mapToObj(FastDllmTest::token0).toArray(float[][]::new);
    Prediction prediction = new Prediction(sampler.request(state).rows(), logits);
    return sampler.step(state, prediction, RANDOM).next();
  }

  private static float[] token0(double probability) {
    float rest = (float) Math.log((1 - probability) / 2);
    return new float[] {(float) Math.log(probability), rest, rest, Float.NEGATIVE_INFINITY};
  }
}
