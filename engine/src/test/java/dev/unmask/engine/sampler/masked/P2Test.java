package dev.unmask.engine.sampler.masked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.safetensors.Values;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.api.SettingException;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class P2Test {
  private static final int MASK = 3;
  private static final Vocabulary VOCABULARY = new Vocabulary(4, MASK, new int[0]);

  /** Token 1 with a logit of 0 to 3 by position, so that position 0 is the least sure. */
  private static final float[][] RISING = {
    {0, 0.1f, -9, -9}, {0, 1, -9, -9}, {0, 2, -9, -9}, {0, 3, -9, -9}
  };

  @ParameterizedTest
  @CsvSource({"linear, 3, 2, 1, 0", "cosine, 3, 2, 1, 0", "sine, 2, 1, 0, 0", "square, 3, 3, 1, 0"})
  void kappaPlansHowManyAreMasked(String kappa, int first, int second, int third, int last) {
    TokenSampler sampler = sampler("kappa", kappa, "steps", "4");
    TokenState state = start(sampler);
    int[] masked = new int[4];
    for (int step = 0; step < 4 && !sampler.finished(state); step++) {
      state = step(sampler, state, RISING).next();
      masked[step] = masks(state);
    }
    assertThat(masked).containsExactly(first, second, third, last);
  }

  @Test
  void remasksWhatScoresLowest() {
    TokenSampler sampler = sampler("steps", "4");
    TokenState filled = state(sampler, 1, 0, MASK, MASK, 1);
    assertThat(step(sampler, filled, RISING).next().tokens()).containsExactly(MASK, MASK, 1, 1);
  }

  @Test
  void anEtaOfZeroNeverRemasks() {
    TokenSampler sampler = sampler("steps", "4", "eta", "0");
    TokenState filled = state(sampler, 1, 0, MASK, MASK, MASK);
    assertThat(step(sampler, filled, RISING).next().tokens()).containsExactly(0, MASK, MASK, 1);
  }

  /** Token 2 stands where the denoiser is sure of token 1. */
  @Test
  void scoresTheTokenThatStandsAndItsAuthorsProgramsTheOneDrawnAnew() {
    int[] tokens = {2, MASK, MASK, MASK};
    float[][] logits = {{0, 9, 0, -9}, {0, 1, -9, -9}, {0, 2, -9, -9}, {0, 3, -9, -9}};
    TokenSampler paper = sampler("steps", "4");
    assertThat(step(paper, state(paper, 1, tokens), logits).next().tokens())
        .containsExactly(MASK, MASK, 1, 1);
    TokenSampler program = sampler("steps", "4", "details", "open-dllm");
    assertThat(step(program, state(program, 1, tokens), logits).next().tokens())
        .containsExactly(2, MASK, MASK, 1);
  }

  @Test
  void onlyPathPlanningGoesOnWithNothingMasked() {
    TokenSampler paper = sampler("steps", "9");
    assertThat(paper.finished(state(paper, 7, 1, 1, 1, 1))).isTrue();
    TokenSampler program = sampler("steps", "9", "details", "path-planning");
    assertThat(program.finished(state(program, 7, 1, 1, 1, 1))).isFalse();
    assertThat(program.finished(state(program, 9, 1, 1, 1, 1))).isTrue();
  }

  @Test
  void aPlannerJudgesThePredictedText() {
    TokenSampler sampler = sampler("steps", "4", "planner", "true");
    TokenState first = step(sampler, start(sampler), RISING).next();
    assertThat(first.tokens()).containsExactly(MASK, MASK, MASK, 1);

    assertThat(sampler.request(first).rows()).containsExactly(0, 1, 2);
    TokenState predicted = step(sampler, first, RISING).next();
    assertThat(predicted.tokens()).isEqualTo(first.tokens());
    assertThat(sampler.request(predicted).ids()).containsExactly(1, 1, 1, 1);
    assertThat(sampler.request(predicted).rows()).containsExactly(3);
    assertThat(sampler.request(predicted).time()).hasValue(0);

    float[][] doubtful = {null, null, null, {9, 0, 0, 0}};
    assertThat(step(sampler, predicted, doubtful).next().tokens())
        .containsExactly(MASK, 1, 1, MASK);
    assertThat(sampler.plannedSteps(first)).isEqualTo(7);
  }

  @Test
  void refusesAPlannerForRandomScores() {
    assertThatThrownBy(() -> sampler("planner", "true", "score", "random"))
        .isInstanceOf(SettingException.class)
        .hasMessage(
            "The setting planner is true, but random scores need none; choose another score.");
  }

  @Test
  void refusesAMemoryOfTokensThatAreNot() {
    TokenSampler sampler = sampler("steps", "4", "planner", "true");
    TokenState state = state(sampler, 2, 1, 1, 1, 1);
    Map<String, Values> memory = new HashMap<>(state.memory());
    memory.put("predicted", new Values.I32(new int[] {0, 1, 2, 4}));
    TokenState broken =
        new TokenState(2, state.tokens(), state.marks(), 0.5, 2, new long[0], memory);
    assertThatThrownBy(() -> sampler.request(broken))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("memory.predicted");
  }

  @Test
  void neverMasksWhatIsGiven() {
    TokenSampler sampler = sampler("steps", "4");
    byte[] marks = {Mark.PROMPT, 0, 0, Mark.PINNED};
    TokenState state =
        sampler.start(new int[] {2, MASK, MASK, 2}, marks, new Philox(0, 0)).withDraws();
    while (!sampler.finished(state)) {
      assertThat(state.tokens()[0]).isEqualTo(2);
      assertThat(state.tokens()[3]).isEqualTo(2);
      state = step(sampler, state, RISING).next();
    }
    assertThat(state.tokens()).containsExactly(2, 1, 1, 2);
  }

  private static TokenSampler sampler(String... settings) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      given.put(settings[i], settings[i + 1]);
    }
    return Samplers.named("p2").create(given, VOCABULARY);
  }

  private static TokenState start(TokenSampler sampler) {
    return state(sampler, 0, MASK, MASK, MASK, MASK);
  }

  private static TokenState state(TokenSampler sampler, int step, int... tokens) {
    TokenState start = sampler.start(tokens, new byte[4], new Philox(0, 0));
    return new TokenState(
        step, tokens, start.marks(), 1 - step / 4.0, step, new long[0], start.memory());
  }

  private static TokenStep step(TokenSampler sampler, TokenState state, float[][] logits) {
    int[] rows = sampler.request(state).rows();
    float[][] asked = Arrays.stream(rows).mapToObj(row -> logits[row]).toArray(float[][]::new);
    return sampler.step(state, new Prediction(rows, asked), new Philox(0, state.step()));
  }

  private static int masks(TokenState state) {
    return (int) Arrays.stream(state.tokens()).filter(token -> token == MASK).count();
  }
}
