package dev.unmask.engine.sampler.ancestral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.noise.BetaSchedule;
import dev.unmask.engine.noise.DiscreteProcess;
import dev.unmask.engine.noise.NearestNeighbourKernel;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.sampler.api.SettingException;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class D3pmTest {
  private static final int LENGTH = 4000;
  private static final Vocabulary MASKED = new Vocabulary(4, 3, new int[0]);
  private static final Vocabulary PLAIN = new Vocabulary(4, Vocabulary.NO_MASK, new int[0]);

  /** p = 1/8, 3/8, 1/2 and, in a model without a mask, nothing. */
  private static final float[] LOGITS = {0, (float) Math.log(3), (float) Math.log(4), -99};

  @Test
  void absorbingNoiseGoesInEqualSharesAndWhatIsUnmaskedStays() {
    TokenSampler sampler = D3pm.KIND.create(Map.of("steps", "4"), MASKED);
    TokenState state = start(sampler, MASKED);
    for (int step = 1; step <= 4; step++) {
      TokenState next = step(sampler, state).next();
      assertThat(share(next, 3)).isCloseTo(1 - step / 4.0, within(0.03));
      assertThat(next.time()).isEqualTo(1 - step / 4.0);
      for (int i = 0; i < LENGTH; i++) {
        assertThat(state.tokens()[i] == 3 || state.tokens()[i] == next.tokens()[i]).isTrue();
      }
      state = next;
    }
    assertThat(sampler.finished(state)).isTrue();
    assertDrawn(state);
  }

  /** Whatever the noise, what is drawn last has the distribution that the model predicts. */
  @ParameterizedTest
  @ValueSource(strings = {"absorbing", "uniform", "gaussian"})
  void endsInWhatIsPredicted(String noise) {
    Vocabulary vocabulary = noise.equals("absorbing") ? MASKED : PLAIN;
    TokenSampler sampler = D3pm.KIND.create(Map.of("steps", "5", "noise", noise), vocabulary);
    TokenState state = start(sampler, vocabulary);
    while (!sampler.finished(state)) {
      state = step(sampler, state).next();
    }
    assertDrawn(state);
  }

  @Test
  void takesAnyKernel() {
    double[][] embeddings = {{1, 0}, {0.9, 0.1}, {0, 1}, {0.1, 0.9}};
    NearestNeighbourKernel kernel = NearestNeighbourKernel.of(embeddings, 1);
    double[] betas =
        new BetaSchedule.MutualInformation(kernel, new double[] {0.5, 0, 0.3, 0.2}).betas(3);
    TokenSampler sampler =
        D3pm.sampler(NoiseKind.NEAREST_NEIGHBOUR, DiscreteProcess.of(kernel, betas), PLAIN, 1, 1);
    TokenState state = start(sampler, PLAIN);
    TokenState next = step(sampler, state).next();
    assertThat(next.tokens()).isNotEqualTo(state.tokens());
    for (int i = 0; i < LENGTH; i++) {
      assertThat(next.tokens()[i] / 2)
          .as("the nearest of each pair")
          .isEqualTo(state.tokens()[i] / 2);
    }
  }

  @Test
  void uniformNoiseStartsFromAnyTokensAndKeepsWhatIsGiven() {
    TokenSampler sampler = D3pm.KIND.create(Map.of("steps", "3", "noise", "uniform"), PLAIN);
    int[] tokens = new int[LENGTH];
    Arrays.fill(tokens, 10, LENGTH, -1);
    byte[] marks = new byte[LENGTH];
    Arrays.fill(marks, 0, 10, Mark.PROMPT);
    TokenState state = sampler.start(tokens, marks, new Philox(7, 0));
    assertThat(share(state, 3)).isCloseTo(0.25, within(0.03));
    assertThat(sampler.request(state).rows()).hasSize(LENGTH - 10);
    while (!sampler.finished(state)) {
      TokenStep step = step(sampler, state);
      assertThat(step.predicted()).as("the argmax").contains(2).doesNotContain(0, 1, 3);
      state = step.next();
    }
    assertThat(Arrays.copyOf(state.tokens(), 10)).containsOnly(0);
  }

  @ParameterizedTest
  @CsvSource({
    "absorbing, false, 'The setting noise is absorbing, but the model has no mask; choose the noise"
        + " that it was made for.'",
    "gaussian, true, 'The setting noise is gaussian, which is for values in order, but the model"
        + " has a mask; choose the noise that it was made for.'"
  })
  void refusesNoiseThatTheModelCannotHave(String noise, boolean masked, String message) {
    assertThatThrownBy(() -> D3pm.KIND.create(Map.of("noise", noise), masked ? MASKED : PLAIN))
        .isInstanceOf(SettingException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "4096, 64, 'The setting steps is 64, which takes too much memory with gaussian noise of 4096"
        + " tokens; lower it.'",
    "3, 300, 'The setting steps is 300, in which gaussian noise of 3 tokens does not come to its"
        + " end; choose others.'"
  })
  void refusesStepsThatGaussianNoiseCannotTake(int tokens, String steps, String message) {
    Vocabulary vocabulary = new Vocabulary(tokens, Vocabulary.NO_MASK, new int[0]);
    Map<String, String> settings = Map.of("noise", "gaussian", "steps", steps);
    assertThatThrownBy(() -> D3pm.KIND.create(settings, vocabulary))
        .isInstanceOf(SettingException.class)
        .hasMessage(message);
  }

  private static void assertDrawn(TokenState state) {
    assertThat(share(state, 0)).isCloseTo(1 / 8.0, within(0.03));
    assertThat(share(state, 1)).isCloseTo(3 / 8.0, within(0.03));
    assertThat(share(state, 2)).isCloseTo(4 / 8.0, within(0.03));
  }

  private static TokenState start(TokenSampler sampler, Vocabulary vocabulary) {
    int[] tokens = new int[LENGTH];
    Arrays.fill(tokens, vocabulary.maskId());
    return sampler.start(tokens, new byte[LENGTH], new Philox(7, 0));
  }

  private static TokenStep step(TokenSampler sampler, TokenState state) {
    int[] rows = sampler.request(state).rows();
    float[][] logits = Arrays.stream(rows).mapToObj(_ -> LOGITS).toArray(float[][]::new);
    return sampler.step(state, new Prediction(rows, logits), new Philox(7, state.step()));
  }

  private static double share(TokenState state, int token) {
    return Arrays.stream(state.tokens()).filter(other -> other == token).count() / (double) LENGTH;
  }
}
