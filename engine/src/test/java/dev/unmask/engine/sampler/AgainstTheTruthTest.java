package dev.unmask.engine.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Samples of each sampler, drawn with the exact denoiser of a known distribution, are counted and
 * tested against that distribution. The seeds are fixed, so a test either always passes or never.
 */
class AgainstTheTruthTest {
  private static final Truth TRUTH = Truth.correlated();
  private static final int SAMPLES = 2000;
  private static final int FEW = 4;
  private static final int MANY = 32;

  @ParameterizedTest
  @CsvSource({"first-hitting, ''", "autoregressive, ''", "llada, remasking=random temperature=1"})
  void oneTokenAStepIsExactAtAnyNumberOfSteps(String name, String settings) {
    assertThat(test(name, settings).passes()).isTrue();
    assertThat(test(name, settings, 1).passes()).isTrue();
    assertThat(test(name, settings, 2, 0).passes()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "mdlm, ''",
    "mdlm-cached, ''",
    "mdlm-analytic, ''",
    "remdm-mdlm, ''",
    "remdm-cap, ''",
    "remdm-rescale, ''",
    "dream, 'alg=origin temperature=1 '"
  })
  void theBiasFallsWithTheSquareOfTheSteps(String name, String settings) {
    ChiSquare one = test(name, settings + "steps=1");
    ChiSquare few = test(name, settings + "steps=" + FEW);
    ChiSquare many = test(name, settings + "steps=" + MANY);
    assertThat(one.passes() || few.passes()).isFalse();
    assertThat(few.divergence()).isLessThan(one.divergence() / 8);
    assertThat(many.passes()).isTrue();
    double bias = SAMPLES * few.divergence() * FEW * FEW / (MANY * MANY);
    assertThat(bias).as("what the bias adds").isLessThan(many.deviation() / 5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"remdm-conf", "remdm-forward-backward"})
  void theBiasFallsMoreSlowlyWhereEveryStepRemasksMuch(String name) {
    double few = test(name, "steps=" + FEW).divergence();
    double more = test(name, "steps=" + 3 * FEW).divergence();
    double many = test(name, "steps=" + MANY).divergence();
    assertThat(more).isLessThan(few / 2);
    assertThat(many).isLessThan(more / 2);
  }

  @ParameterizedTest
  @CsvSource({
    "bert, ''",
    "llada, temperature=1",
    "dream, alg=maskgit-plus temperature=1",
    "dream-threshold, temperature=1",
    "dinfer, temperature=1"
  })
  void anApproximationSaysSoAndIsBiased(String name, String settings) {
    assertThat(Samplers.named(name).summary().toLowerCase(Locale.ROOT)).contains("approximation");
    assertThat(test(name, settings).passes()).isFalse();
    assertThat(test(name, settings, 0, 1).passes()).as("a single mask").isTrue();
  }

  private static ChiSquare test(String name, String settings, int... given) {
    Map<String, String> values = new HashMap<>();
    for (String setting : settings.isEmpty() ? new String[0] : settings.split(" ")) {
      values.put(setting.split("=")[0], setting.split("=")[1]);
    }
    TokenSampler sampler = Samplers.named(name).create(values, Truth.VOCABULARY);
    return TRUTH.test(sampler, TRUTH.denoiser(), SAMPLES, given);
  }
}
