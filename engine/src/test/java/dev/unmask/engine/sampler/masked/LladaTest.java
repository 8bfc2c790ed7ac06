package dev.unmask.engine.sampler.masked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.api.BlockPosition;
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

class LladaTest {
  private static final int MASK = 5;
  private static final int END_OF_TEXT = 3;
  private static final int END_OF_TURN = 4;
  private static final Vocabulary VOCABULARY =
      new Vocabulary(6, MASK, new int[] {END_OF_TEXT, END_OF_TURN});

  private static final Philox RANDOM = new Philox(1, 0);

  /** The most probable token 3 ends the text, 4 the turn; both are a little ahead of token 1. */
  private static final float[] ENDS_THE_TEXT = {0, 2, 0, 4, 3, -9};

  private static final float[] ENDS_THE_TURN = {0, 2, 0, 3, 4, -9};

  @Test
  void asksOnlyForTheMasksUpToTheEndOfTheBlock() {
    TokenSampler sampler = llada("block", "2", "steps", "2");
    TokenState state = start(sampler, 0, MASK, 2, MASK, MASK, MASK, MASK);
    assertThat(sampler.request(state).rows()).containsExactly(1, 3, 4);
    assertThat(sampler.block(state)).isEqualTo(new BlockPosition(0, 2, 3, 5));
  }

  @Test
  void aMaskInThePromptIsFreeToBeFilled() {
    TokenSampler sampler = llada("guidance", "1.5");
    TokenState state = start(sampler, 0, MASK, 2, MASK, MASK);
    assertThat(state.marks()).containsExactly(1, 0, 1, 0, 0);
    TokenStep step = sampler.step(state, prediction(sampler, state, favour(1, 9)), RANDOM);
    assertThat(step.next().tokens()).containsExactly(0, 1, 2, MASK, MASK);
    Request second = sampler.request(step.next());
    assertThat(second.guidance().orElseThrow().unconditional())
        .containsExactly(MASK, 1, MASK, MASK, MASK);
  }

  @Test
  void aPredictedMaskIsCommittedAsAMask() {
    TokenSampler sampler = llada("steps", "1");
    TokenState state = start(sampler, 0, 0, 0, MASK, MASK);
    Prediction prediction =
        new Prediction(new int[] {3, 4}, new float[][] {favour(MASK, 9), favour(1, 8)});
    TokenStep step = sampler.step(state, prediction, RANDOM);
    assertThat(step.predicted()).containsExactly(-1, -1, -1, MASK, 1);
    assertThat(step.next().tokens()).containsExactly(0, 0, 0, MASK, 1);
  }

  @Test
  void tiesGoToTheLowerPosition() {
    TokenSampler sampler = llada("steps", "2");
    TokenState state = start(sampler, 0, 0, 0, MASK, MASK, MASK, MASK);
    TokenStep step = sampler.step(state, prediction(sampler, state, favour(1, 3)), RANDOM);
    assertThat(step.next().tokens()).containsExactly(0, 0, 0, 1, 1, MASK, MASK);
  }

  @Test
  void sharesOutTheMasksThatABlockHasWhenItStarts() {
    TokenSampler sampler = llada("block", "3", "steps", "4");
    TokenState state = start(sampler, 0, 0, 0, MASK, MASK, MASK, MASK, 2, MASK);
    int[] left = new int[5];
    for (int i = 0; i < 4; i++) {
      left[i] = masks(state);
      state = sampler.step(state, prediction(sampler, state, favour(1, 3)), RANDOM).next();
    }
    left[4] = masks(state);
    assertThat(left).containsExactly(5, 3, 2, 1, 0);
    assertThat(sampler.finished(state)).isTrue();
    assertThat(state.time()).isZero();
    assertThat(state.evaluations()).isEqualTo(4);
  }

  @Test
  void followsAScheduleAndCommitsTheRestAtTheEndOfABlock() {
    TokenSampler sampler = llada("schedule", "0, 3, 1");
    TokenState state = start(sampler, 0, 0, 0, MASK, MASK, MASK, MASK, MASK, MASK);
    assertThat(sampler.plannedSteps(state)).isEqualTo(3);
    int[] left = new int[3];
    for (int step = 0; step < left.length; step++) {
      state =
          sampler
              .step(state, prediction(sampler, state, new float[] {0, 1, 2, 0, 0, 0}), RANDOM)
              .next();
      left[step] = (int) Arrays.stream(state.tokens()).filter(token -> token == MASK).count();
    }
    assertThat(left).containsExactly(6, 3, 0);
  }

  @Test
  void aScheduleMustFitTheSteps() {
    TokenSampler sampler = llada("schedule", "1,1", "steps", "4");
    assertThatThrownBy(() -> start(sampler, 0, MASK, MASK, MASK, MASK))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("2 numbers")
        .hasMessageContaining("steps is 4");
    assertThatThrownBy(() -> llada("schedule", "1,-2")).isInstanceOf(SettingException.class);
  }

  @Test
  void changesNothingThatItIsGiven() {
    TokenSampler sampler = llada("temperature", "1", "remasking", "random");
    TokenState state = start(sampler, 0, 0, 0, MASK, MASK, MASK);
    Prediction prediction = prediction(sampler, state, favour(1, 1));
    TokenStep once = sampler.step(state, prediction, new Philox(3, 0));
    TokenStep twice = sampler.step(state, prediction, new Philox(3, 0));
    assertThat(twice.next().tokens()).containsExactly(once.next().tokens());
    assertThat(twice.confidence()).containsExactly(once.confidence());
    assertThat(state.tokens()).containsExactly(0, 0, 0, MASK, MASK, MASK);
    assertThat(prediction.logits()[0]).containsExactly(favour(1, 1));
  }

  @Test
  void neverPredictsTheEndIfToldSo() {
    TokenSampler sampler = llada("logits-eos-inf", "true");
    TokenState state = start(sampler, 0, 0, 0, MASK);
    TokenStep step = sampler.step(state, prediction(sampler, state, ENDS_THE_TEXT), RANDOM);
    assertThat(step.predicted()[3]).isEqualTo(END_OF_TURN);
  }

  /** The reference spares the end of the text where noise makes a copy of the logits. */
  @ParameterizedTest
  @CsvSource({
    "false, 0, 0.6494, 0.6494",
    "true, 0, 0, 0",
    "reference, 0, 0, 0",
    "true, 0.001, 0, 0",
    "reference, 0.001, 0.8533, 0"
  })
  void trustsNoEndIfToldSo(String flag, String temperature, float ofText, float ofTurn) {
    TokenSampler sampler = llada("confidence-eos-eot-inf", flag, "temperature", temperature);
    TokenState state = start(sampler, 0, 0, 0, MASK, MASK);
    Prediction prediction =
        new Prediction(new int[] {3, 4}, new float[][] {ENDS_THE_TEXT, ENDS_THE_TURN});
    TokenStep step = sampler.step(state, prediction, RANDOM);
    assertThat(step.predicted()).endsWith(END_OF_TEXT, END_OF_TURN);
    assertThat(step.confidence()[3]).isCloseTo(ofText, within(5e-4f));
    assertThat(step.confidence()[4]).isCloseTo(ofTurn, within(5e-4f));
  }

  @Test
  void drawsFromTheTemperedSoftmax() {
    TokenSampler sampler = llada("temperature", "2", "steps", "1");
    int[] tokens = new int[4003];
    Arrays.fill(tokens, 3, tokens.length, MASK);
    TokenState state = start(sampler, tokens);
    float[] logits = {-99, 0, (float) (2 * Math.log(3)), -99, -99, -99};
    TokenStep step = sampler.step(state, prediction(sampler, state, logits), new Philox(8, 0));
    long threes = Arrays.stream(step.next().tokens()).filter(token -> token == 2).count();
    assertThat(threes / 4000.0).isCloseTo(0.75, within(0.03));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4 | 0 | The setting block is 4, which does not divide the answer of 6 positions; choose 1,"
            + " 2, 3, 6 or 0.",
        "2 | 4 | The setting steps is 4, which 3 blocks cannot share equally; choose a multiple of"
            + " 3."
      })
  void saysWhichSettingsDoNotFitTheAnswer(String block, String steps, String sentence) {
    TokenSampler sampler = llada("block", block, "steps", steps);
    assertThatThrownBy(() -> start(sampler, 0, 0, 0, MASK, MASK, MASK, MASK, MASK, MASK))
        .isInstanceOf(SettingException.class)
        .hasMessage(sentence);
  }

  @Test
  void saysThatThereIsNothingToSample() {
    assertThatThrownBy(() -> start(llada(), 0, 0, 0))
        .hasMessage(
            "The prompt fills all 3 positions, so there is nothing to sample; raise the length.");
  }

  @Test
  void isFoundByItsName() {
    assertThat(Samplers.named("llada")).isSameAs(Llada.KIND);
    assertThatThrownBy(() -> Samplers.named("lada"))
        .hasMessageStartingWith("There is no sampler 'lada'; there are llada, ");
  }

  private static TokenSampler llada(String... settings) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      given.put(settings[i], settings[i + 1]);
    }
    return Llada.KIND.create(given, VOCABULARY);
  }

  /** The first three tokens are the prompt. */
  private static TokenState start(TokenSampler sampler, int... tokens) {
    byte[] marks = new byte[tokens.length];
    Arrays.fill(marks, 0, 3, Mark.PROMPT);
    return sampler.start(tokens, marks, RANDOM);
  }

  private static Prediction prediction(TokenSampler sampler, TokenState state, float[] logits) {
    int[] rows = sampler.request(state).rows();
    return new Prediction(
        rows, Arrays.stream(rows).mapToObj(_ -> logits.clone()).toArray(float[][]::new));
  }

  private static float[] favour(int token, float logit) {
    float[] logits = new float[VOCABULARY.size()];
    logits[token] = logit;
    return logits;
  }

  private static int masks(TokenState state) {
    return (int) Arrays.stream(state.tokens()).filter(token -> token == MASK).count();
  }
}
