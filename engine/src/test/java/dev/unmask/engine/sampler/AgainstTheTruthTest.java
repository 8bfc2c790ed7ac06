package dev.unmask.engine.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.denoiser.Vocabulary;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

  /** Samplers of noise that makes any tokens. */
  private static final Pattern UNMASKED =
      Pattern.compile("(?!.*noise=absorbing).*(uniform|gaussian|udlm|duo|psi).*");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "first-hitting",
        "autoregressive",
        "bd3lm block-size=2 kv-cache=false",
        "bd3lm block-size=3 kv-cache=false",
        "llada remasking=random temperature=1"
      })
  void oneTokenAStepIsExactAtAnyNumberOfSteps(String sampler) {
    assertThat(test(sampler).passes()).isTrue();
    assertThat(test(sampler, 1).passes()).isTrue();
    assertThat(test(sampler, 2, 0).passes()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "d3pm, 1, 4, 32",
    "d3pm kernel=uniform, 1, 4, 48",
    "d3pm kernel=gaussian, 2, 8, 64",
    "mdlm, 1, 4, 32",
    "mdlm-cached, 1, 4, 32",
    "mdlm-analytic, 1, 4, 32",
    "remdm-cap, 1, 4, 32",
    "remdm-rescale, 1, 4, 32",
    "bd3lm first-hitting=false block-size=3 kv-cache=false, 1, 4, 32",
    "sedd-euler, 1, 4, 48",
    "sedd-euler noise=uniform, 1, 6, 64",
    "sedd-analytic, 1, 4, 32",
    "sedd-analytic noise=uniform, 1, 6, 64",
    "udlm, 1, 6, 64",
    "duo, 1, 6, 64",
    "duo noise=absorbing, 1, 4, 32",
    "psi, 1, 6, 64",
    "gidd, 1, 6, 64",
    "gidd-mdlm, 2, 5, 32"
  })
  void theBiasFallsWithTheSquareOfTheSteps(String sampler, int least, int few, int many) {
    ChiSquare worst = test(sampler + " steps=" + least);
    ChiSquare some = test(sampler + " steps=" + few);
    ChiSquare all = test(sampler + " steps=" + many);
    assertThat(worst.passes() || some.passes()).isFalse();
    assertThat(some.divergence()).isLessThan(worst.divergence() / 6);
    assertThat(all.passes()).isTrue();
    double bias = SAMPLES * some.divergence() * few * few / (many * many);
    assertThat(bias).as("what the bias adds").isLessThan(all.deviation() / 5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"remdm-conf", "remdm-forward-backward"})
  void theBiasFallsMoreSlowlyWhereEveryStepRemasksMuch(String sampler) {
    double some = test(sampler + " steps=4").divergence();
    double more = test(sampler + " steps=12").divergence();
    double all = test(sampler + " steps=36").divergence();
    assertThat(more).isLessThan(some / 2);
    assertThat(all).isLessThan(more / 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bert", "llada temperature=1"})
  void anApproximationSaysSoAndIsBiased(String sampler) {
    assertThat(kind(sampler).summary().toLowerCase(Locale.ROOT)).contains("approximation");
    assertThat(test(sampler).passes()).isFalse();
    assertThat(test(sampler, 0, 1).passes()).as("a single mask").isTrue();
  }

  private static SamplerKind kind(String sampler) {
    return Samplers.named(sampler.split(" ")[0]);
  }

  /** Of a sampler by name, followed by its settings. */
  private static ChiSquare test(String sampler, int... given) {
    Map<String, String> settings =
        Arrays.stream(sampler.split(" "))
            .skip(1)
            .map(setting -> setting.split("="))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    boolean masks = !UNMASKED.matcher(sampler).matches();
    Vocabulary vocabulary = masks ? Truth.MASKED : Truth.PLAIN;
    return TRUTH.test(kind(sampler).create(settings, vocabulary), vocabulary, SAMPLES, given);
  }
}
