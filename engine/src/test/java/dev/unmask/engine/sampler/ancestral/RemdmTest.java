package dev.unmask.engine.sampler.ancestral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.safetensors.Values;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.api.Nucleus;
import dev.unmask.engine.sampler.api.SettingException;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.TokenState;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemdmTest {
  private static final int MASK = 3;
  private static final int LENGTH = 4000;
  private static final Vocabulary VOCABULARY = new Vocabulary(4, MASK, new int[0]);
  private static final float[] LOGITS = {0, (float) Math.log(3), -99, 50};

  /** Remasking must not change how many are masked at each time. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "remdm-mdlm",
        "remdm-cap",
        "remdm-rescale",
        "remdm-conf",
        "remdm-forward-backward"
      })
  void theShareOfMasksIsTheTime(String name) {
    TokenSampler sampler = sampler(name, "steps", "8");
    TokenState state = start(sampler);
    for (int step = 1; step < 8; step++) {
      state = step(sampler, state);
      assertThat(masks(state)).as("step %d", step).isCloseTo(1 - step / 8.0, within(0.03));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "remdm-mdlm, eta, 0, 0, 0.001",
    "remdm-cap, eta, 0.2, 0.2, 0.03",
    "remdm-cap, eta, 1, 0.4, 0.04",
    "remdm-rescale, eta, 0.5, 0.2, 0.03",
    "remdm-forward-backward, eta, 0, 0.2, 0.03"
  })
  void remasksWithItsSigma(String name, String setting, String value, double sigma, double error) {
    TokenSampler sampler =
        name.equals("remdm-mdlm") || name.equals("remdm-forward-backward")
            ? sampler(name, "steps", "8")
            : sampler(name, "steps", "8", setting, value);
    TokenState state = start(sampler);
    for (int step = 0; step < 5; step++) {
      state = step(sampler, state);
    }
    assertThat(remasked(state, step(sampler, state))).isCloseTo(sigma, within(error));
  }

  @Test
  void theLoopHoldsItsShareAndKeepsCorrecting() {
    TokenSampler sampler =
        sampler(
            "remdm-loop",
            "steps",
            "20",
            "eta",
            "0.1",
            "t-on",
            "0.52",
            "t-off",
            "0.22",
            "alpha-on",
            "0.8");
    TokenState state = start(sampler);
    double[] masks = new double[21];
    double[] remasked = new double[21];
    for (int step = 1; step <= 20; step++) {
      TokenState next = step(sampler, state);
      masks[step] = masks(next);
      remasked[step] = remasked(state, next);
      state = next;
    }
    assertThat(masks[5]).isCloseTo(1 - 0.25 * 0.8 / 0.48, within(0.03));
    assertThat(remasked[5]).isZero();
    for (int step = 11; step <= 15; step++) {
      assertThat(masks[step]).isCloseTo(0.2, within(0.04));
      assertThat(remasked[step]).isCloseTo(0.1, within(0.03));
    }
    assertThat(remasked[19]).isZero();
    assertThat(masks[20]).isLessThan(0.01);
  }

  @Test
  void theLoopRefusesToEndBeforeItBegins() {
    assertThatThrownBy(() -> sampler("remdm-loop", "t-on", "0.2", "t-off", "0.3"))
        .isInstanceOf(SettingException.class)
        .hasMessage("The setting t-off is 0.3, after which t-on, 0.2, cannot come; lower t-off.");
  }

  @Test
  void remasksImprobableTokensMoreOften() {
    TokenSampler sampler = sampler("remdm-conf", "steps", "4");
    int[] tokens = {0, 1};
    float[] scores = {-0.1f, -0.9f};
    int[] remasked = new int[2];
    for (int seed = 0; seed < 2000; seed++) {
      TokenState state =
          new TokenState(
              1,
              tokens,
              new byte[2],
              0.5,
              1,
              new long[0],
              Map.of("scores", new Values.F32(scores)));
      Prediction none = new Prediction(new int[0], new float[0][]);
      int[] next = sampler.step(state, none, new Philox(seed, 1)).next().tokens();
      for (int i = 0; i < 2; i++) {
        remasked[i] += next[i] == MASK ? 1 : 0;
      }
    }
    double share = 1 / (1 + Math.exp(-0.8));
    assertThat(remasked[0] / 2000.0).isCloseTo(share, within(0.03));
    assertThat(remasked[1] / 2000.0).isCloseTo(1 - share, within(0.03));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "remdm-cap",
        "remdm-rescale",
        "remdm-conf",
        "remdm-loop",
        "remdm-forward-backward"
      })
  void neverRemasksWhatIsGiven(String name) {
    TokenSampler sampler = sampler(name, "steps", "12");
    int[] tokens = new int[40];
    byte[] marks = new byte[40];
    Arrays.fill(tokens, 10, 40, MASK);
    Arrays.fill(marks, 0, 10, Mark.PINNED);
    TokenState state = sampler.start(tokens, marks, new Philox(7, 0));
    while (!sampler.finished(state)) {
      state = step(sampler, state);
      assertThat(Arrays.copyOf(state.tokens(), 10)).containsOnly(0);
    }
    assertThat(state.tokens()).doesNotContain(MASK);
  }

  @Test
  void drawsFromTheNucleusOnly() {
    TokenState state = start(sampler("remdm-cap", "nucleus", "0.9"));
    TokenState next = step(sampler("remdm-cap", "steps", "2", "nucleus", "0.9"), state);
    assertThat(next.tokens()).doesNotContain(0, 2).contains(1);
    assertThat(Nucleus.within(0.85).of(new float[] {0.2f, 0.5f, 0.3f}))
        .containsExactly(0, 0.625f, 0.375f);
    assertThat(Nucleus.within(0).of(new float[] {0.2f, 0.5f, 0.3f})).containsExactly(0, 1, 0);
    assertThat(Nucleus.over(0.75).of(new float[] {0.2f, 0.5f, 0.3f}))
        .containsExactly(0, 0.625f, 0.375f);
    assertThat(Nucleus.over(0.45).of(new float[] {0.2f, 0.5f, 0.3f})).containsExactly(0, 1, 0);
  }

  private static TokenSampler sampler(String name, String... settings) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      given.put(settings[i], settings[i + 1]);
    }
    return Samplers.named(name).create(given, VOCABULARY);
  }

  private static TokenState start(TokenSampler sampler) {
    int[] tokens = new int[LENGTH];
    Arrays.fill(tokens, MASK);
    return sampler.start(tokens, new byte[LENGTH], new Philox(7, 0));
  }

  private static TokenState step(TokenSampler sampler, TokenState state) {
    int[] rows = sampler.request(state).rows();
    float[][] logits = Arrays.stream(rows).mapToObj(_ -> LOGITS).toArray(float[][]::new);
    return sampler.step(state, new Prediction(rows, logits), new Philox(7, state.step())).next();
  }

  private static double masks(TokenState state) {
    return Arrays.stream(state.tokens()).filter(token -> token == MASK).count()
        / (double) state.length();
  }

  /** The share of the unmasked that went back to the mask. */
  private static double remasked(TokenState before, TokenState after) {
    int[] unmasked =
        IntStream.range(0, before.length()).filter(i -> before.tokens()[i] != MASK).toArray();
    long back = Arrays.stream(unmasked).filter(i -> after.tokens()[i] == MASK).count();
    return back == 0 ? 0 : back / (double) unmasked.length;
  }
}
