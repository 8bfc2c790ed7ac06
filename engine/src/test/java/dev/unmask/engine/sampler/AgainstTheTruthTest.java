package dev.unmask.engine.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.TokenSampler;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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

  /** Samplers that are tested with a model that has no mask. */
  private static final Pattern UNMASKED =
      Pattern.compile(
          "(?!.*noise=absorbing).*(uniform|gaussian|udlm|duo|psi|ddim|entropy-bounded).*");

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
    "d3pm, 1, 4, 40",
    "d3pm noise=uniform, 1, 4, 48",
    "d3pm noise=gaussian, 2, 8, 64",
    "mdlm, 1, 4, 40",
    "mdlm-cached, 1, 4, 40",
    "mdlm-analytic, 1, 4, 40",
    "remdm-mdlm, 1, 4, 40",
    "remdm-cap, 1, 4, 40",
    "remdm-rescale, 1, 4, 40",
    "remdm-loop, 1, 4, 48",
    "bd3lm first-hitting=false block-size=3 kv-cache=false, 1, 4, 40",
    "sedd-euler, 1, 4, 48",
    "sedd-euler noise=uniform, 1, 6, 48",
    "sedd-analytic, 1, 4, 40",
    "sedd-analytic noise=uniform, 1, 6, 48",
    "udlm, 1, 6, 48",
    "duo, 1, 6, 48",
    "duo noise=absorbing, 1, 4, 40",
    "psi, 1, 6, 48",
    "psi middle-mode=constant middle-eta=0.5, 1, 6, 48",
    "gidd, 1, 6, 48",
    "gidd-mdlm, 2, 5, 40",
    "dream alg=origin temperature=1, 1, 4, 40",
    "discrete-ddim temperature=1, 1, 4, 48"
  })
  void theBiasFallsWithTheSquareOfTheSteps(String sampler, int least, int few, int many) {
    ChiSquare worst = testTogether(sampler + " steps=" + least);
    ChiSquare some = testTogether(sampler + " steps=" + few);
    ChiSquare all = testTogether(sampler + " steps=" + many);
    assertThat(worst.passes() || some.passes()).isFalse();
    assertThat(some.divergence()).isLessThan(worst.divergence() / 3);
    assertThat(all.passes()).isTrue();
    double bias = SAMPLES * some.divergence() * few * few / (many * many);
    assertThat(bias).as("what the bias adds").isLessThan(all.deviation() / 3);
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
  @ValueSource(
      strings = {
        "bert",
        "llada temperature=1",
        "dream temperature=1",
        "dream-threshold temperature=1 threshold=0.4",
        "dinfer temperature=1 threshold=0.4",
        "p2 temperature=1",
        "llada2 temperature=1",
        "wino temperature=1",
        "maskgit steps=2",
        "fast-dllm temperature=1 threshold=0.4",
        "entropy-bounded steps=12 first-temperature=1 last-temperature=1",
        "uniform-block-refinement steps=12 temperature=1"
      })
  void anApproximationSaysSoAndIsBiased(String sampler) {
    assertThat(kind(sampler).summary().toLowerCase(Locale.ROOT)).contains("approximation");
    assertThat(test(sampler).passes()).isFalse();
  }

  @Test
  void bertIsExactForOneMask() {
    assertThat(test("bert", 0, 1).passes()).isTrue();
  }

  /** Halton's order is tested on a picture, which this text is none: see HaltonMaskgitTest. */
  @Test
  void everySamplerOfTextIsTestedHere() {
    Set<String> tested = new HashSet<>(Set.of("halton-maskgit"));
    for (Method method : AgainstTheTruthTest.class.getDeclaredMethods()) {
      Stream.concat(
              Stream.ofNullable(method.getAnnotation(ValueSource.class))
                  .flatMap(source -> Arrays.stream(source.strings())),
              Stream.ofNullable(method.getAnnotation(CsvSource.class))
                  .flatMap(source -> Arrays.stream(source.value())))
          .map(line -> line.split("[ ,]")[0])
          .forEach(tested::add);
    }
    assertThat(tested).containsAll(Samplers.ALL.stream().map(SamplerKind::name).toList());
  }

  private static SamplerKind kind(String sampler) {
    return Samplers.named(sampler.split(" ")[0]);
  }

  private static ChiSquare test(String sampler, int... given) {
    return TRUTH.test(create(sampler), vocabulary(sampler), SAMPLES, given);
  }

  /** Blocks come one after the other, so sequences of blocks cannot be sampled as one. */
  private static ChiSquare testTogether(String sampler) {
    return sampler.contains("block-size")
        ? test(sampler)
        : TRUTH.testTogether(create(sampler), vocabulary(sampler), SAMPLES);
  }

  /** A sampler by its name, followed by its settings. */
  private static TokenSampler create(String sampler) {
    Map<String, String> settings =
        Arrays.stream(sampler.split(" "))
            .skip(1)
            .map(setting -> setting.split("="))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    return kind(sampler).create(settings, vocabulary(sampler));
  }

  private static Vocabulary vocabulary(String sampler) {
    return UNMASKED.matcher(sampler).matches() ? Truth.PLAIN : Truth.MASKED;
  }
}
