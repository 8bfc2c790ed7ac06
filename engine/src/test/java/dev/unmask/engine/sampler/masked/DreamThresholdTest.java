package dev.unmask.engine.sampler.masked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.sampler.api.SettingException;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.trace.TokenState;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DreamThresholdTest {
  private static final int MASK = 3;
  private static final Philox RANDOM = new Philox(1, 0);

  @Test
  void carriesOverWhatIsNotSureEnoughAndAddsStepsForIt() {
    TokenSampler sampler = sampler("2", "0.9");
    TokenState state = start(sampler, MASK, MASK, MASK, MASK);
    state = step(sampler, state, 0.95, 0.6, 0.8, 0.5);
    assertThat(state.tokens()).as("two are the quota").containsExactly(0, MASK, MASK, MASK);
    assertThat(sampler.plannedSteps(state)).isEqualTo(2);
    state = step(sampler, state, 0.92, 0.7, 0.95);
    assertThat(state.tokens()).as("two and one left").containsExactly(0, 0, MASK, 0);
    assertThat(sampler.finished(state)).isFalse();
    assertThat(sampler.plannedSteps(state)).isEqualTo(3);
    assertThat(state.time()).isEqualTo(0.25);
    state = step(sampler, state, 0.4);
    assertThat(state.tokens()).as("the surest always goes").containsExactly(0, 0, 0, 0);
    assertThat(sampler.finished(state)).isTrue();
    assertThat(state.evaluations()).isEqualTo(3);
  }

  @Test
  void theThresholdItselfIsSureEnough() {
    TokenSampler sampler = sampler("1", "0.5");
    TokenState state = start(sampler, MASK, MASK);
    assertThat(step(sampler, state, 0.75, 0.5).tokens()).containsExactly(0, 0);
  }

  @Test
  void endsWhenItsMasksWereFilledByOthers() {
    TokenSampler sampler = sampler("1", "1");
    TokenState state = step(sampler, start(sampler, MASK, MASK, MASK), 0.5, 0.4, 0.3);
    TokenState filled =
        new TokenState(
            state.step(), new int[] {0, 1, 1}, state.marks(), 0, 1, new long[0], state.memory());
    assertThat(sampler.finished(filled)).isFalse();
    assertThat(sampler.finished(step(sampler, filled))).isTrue();
  }

  @Test
  void refusesStepsThatDoNotDivideTheMasks() {
    TokenSampler sampler = sampler("3", "0.9");
    assertThatThrownBy(() -> start(sampler, 0, MASK, MASK, MASK, MASK))
        .isInstanceOf(SettingException.class)
        .hasMessage(
            "The setting steps is 3, which does not divide the 4 masked positions; choose 1, 2, 4"
                + " or 0.");
    assertThat(sampler("0", "0.9").plannedSteps(start(sampler("0", "0.9"), MASK, MASK, 0)))
        .isEqualTo(2);
  }

  private static TokenSampler sampler(String steps, String threshold) {
    return DreamThreshold.KIND.create(
        Map.of("steps", steps, "threshold", threshold), new Vocabulary(4, MASK, new int[0]));
  }

  private static TokenState start(TokenSampler sampler, int... tokens) {
    return sampler.start(tokens, new byte[tokens.length], RANDOM);
  }

  /** A step in which token 0 has these probabilities at the masks. */
  private static TokenState step(TokenSampler sampler, TokenState state, double... probabilities) {
    int[] rows = sampler.request(state).rows();
    float[][] logits =
        IntStream.range(0, rows.length)
            .mapToObj(i -> logits(probabilities[i]))
            .toArray(float[][]::new);
    return sampler.step(state, new Prediction(rows, logits), RANDOM).next();
  }

  private static float[] logits(double probability) {
    float rest = (float) Math.log((1 - probability) / 2);
    return new float[] {(float) Math.log(probability), rest, rest, -90};
  }
}
