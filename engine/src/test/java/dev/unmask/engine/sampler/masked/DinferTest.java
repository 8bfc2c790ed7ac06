package dev.unmask.engine.sampler.masked;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.TorchRandom;
import dev.unmask.engine.sampler.api.BlockPosition;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.TokenState;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DinferTest {
  private static final int MASK = 3;
  private static final Philox RANDOM = new Philox(1, 0);

  @Test
  void commitsWhatReachesTheThreshold() {
    TokenSampler sampler = sampler("threshold", "0.7");
    TokenState state = start(sampler, 1, MASK, MASK, MASK);
    TokenState next = step(sampler, state, token0(0.9), token0(0.6), token0(0.75));
    assertThat(next.tokens()).containsExactly(1, 0, MASK, 0);
    assertThat(next.time()).isEqualTo(1 / 3.0);
    assertThat(sampler.request(next).time()).hasValue(1 / 3.0);
    assertThat(sampler.finished(next)).isFalse();
    assertThat(sampler.finished(step(sampler, next, token0(0.5)))).isTrue();
  }

  @Test
  void commitsTheSurestAndWhatIsAsGoodAsThat() {
    TokenSampler sampler = sampler("threshold", "0.9");
    TokenState state = start(sampler, 1, MASK, MASK, MASK);
    assertThat(step(sampler, state, token0(0.6), token0(0.600005), token0(0.5999)).tokens())
        .containsExactly(1, 0, 0, MASK);
  }

  @Test
  void neverCommitsAMaskHoweverSureItIs() {
    TokenSampler sampler = sampler("threshold", "0.5");
    TokenState state = start(sampler, 1, MASK, MASK);
    float[] mask = {0, 1, 0, 9};
    assertThat(step(sampler, state, mask, token0(0.4)).tokens()).containsExactly(1, MASK, 0);
    float[] surer = {0, 2, 0, 9};
    assertThat(step(sampler, state, mask, surer).tokens())
        .as("nothing but masks is predicted")
        .containsExactly(1, MASK, 1);
  }

  @Test
  void fillsBlockAfterBlockOfWhichTheLastMayBeShorter() {
    TokenSampler sampler = sampler("block", "2");
    TokenState state = start(sampler, 1, MASK, MASK, MASK, MASK, MASK);
    assertThat(sampler.block(state)).isEqualTo(new BlockPosition(0, 3, 1, 3));
    assertThat(sampler.request(state).rows()).containsExactly(1, 2);
    state = step(sampler, state, token0(0.95), token0(0.95));
    assertThat(sampler.block(state)).isEqualTo(new BlockPosition(1, 3, 3, 5));
    state = step(sampler, state, token0(0.95), token0(0.95));
    assertThat(sampler.block(state)).isEqualTo(new BlockPosition(2, 3, 5, 6));
    assertThat(sampler.plannedSteps(state)).isEqualTo(3);
    state = step(sampler, state, token0(0.4));
    assertThat(sampler.finished(state)).isTrue();
    assertThat(sampler.plannedSteps(state)).isEqualTo(state.step()).isEqualTo(3);
    assertThat(sampler.block(state)).isEqualTo(new BlockPosition(2, 3, 5, 6));
  }

  @Test
  void leavesMasksInThePromptAlone() {
    TokenSampler sampler = sampler("threshold", "0.1");
    byte[] marks = {Mark.PROMPT, Mark.PROMPT, 0};
    TokenState state = sampler.start(new int[] {MASK, 2, MASK}, marks, RANDOM);
    assertThat(step(sampler, state, token0(0.5)).tokens()).containsExactly(MASK, 2, 0);
  }

  @Test
  void drawsNoiseForTheWholeBlock() {
    TokenSampler sampler = sampler("block", "3", "temperature", "1");
    TokenState state = start(sampler, 1, 0, MASK, 2, MASK, MASK, MASK);
    TorchRandom random = new TorchRandom(5);
    int[] rows = sampler.request(state).rows();
    assertThat(rows).containsExactly(2);
    sampler.step(state, new Prediction(rows, new float[][] {token0(0.5)}), random);
    assertThat(random.draws()).containsExactly(2 * 3 * 4);
  }

  private static TokenSampler sampler(String... settings) {
    Map<String, String> given =
        settings.length == 2
            ? Map.of(settings[0], settings[1])
            : Map.of(settings[0], settings[1], settings[2], settings[3]);
    return Dinfer.KIND.create(given, new Vocabulary(4, MASK, new int[0]));
  }

  /** The first token is the prompt. */
  private static TokenState start(TokenSampler sampler, int... tokens) {
    byte[] marks = new byte[tokens.length];
    marks[0] = Mark.PROMPT;
    return sampler.start(tokens, marks, RANDOM);
  }

  private static TokenState step(TokenSampler sampler, TokenState state, float[]... logits) {
    int[] rows = sampler.request(state).rows();
    assertThat(rows).hasSameSizeAs(logits);
    return sampler.step(state, new Prediction(rows, logits), RANDOM).next();
  }

  /** A row in which token 0 has a probability and the others share the rest. */
  private static float[] token0(double probability) {
    float rest = (float) Math.log((1 - probability) / 2);
    return new float[] {(float) Math.log(probability), rest, rest, -90};
  }
}
