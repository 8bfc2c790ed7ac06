package dev.unmask.engine.sampler.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.trace.TokenState;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaterTimesTest {
  private static final Vocabulary WITH_MASK = new Vocabulary(5, 4, new int[0]);

  @ParameterizedTest
  @CsvSource({"mdlm, 0.5, 9", "remdm-cap, 0.5, 9", "udlm, 0.25, 4", "d3pm, 0.25, 4", "d3pm, 1, 16"})
  void aRunFromATimeTakesTheStepsThatAreLeft(String name, String start, int steps) {
    TokenSampler sampler =
        Samplers.named(name).create(Map.of("steps", "16", "start", start), WITH_MASK);
    TokenState first = sampler.start(new int[] {1, 4, 2}, new byte[3], new Philox(1, 0));
    assertThat(sampler.plannedSteps(first)).isEqualTo(steps);
    assertThat(first.time()).isCloseTo(Double.parseDouble(start), within(1e-4));
  }

  @ParameterizedTest
  @CsvSource({"0", "0.001"})
  void oneStepIsAlwaysLeft(String start) {
    TokenSampler sampler =
        Samplers.named("d3pm").create(Map.of("steps", "8", "start", start), WITH_MASK);
    TokenState first = sampler.start(new int[] {1, 4, 2}, new byte[3], new Philox(1, 0));
    assertThat(sampler.plannedSteps(first)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0.5", "0.3"})
  void theNoiseThatIsGivenIsWhereItStarts(String start) {
    TokenSampler sampler =
        Samplers.named("udlm").create(Map.of("steps", "8", "start", start), WITH_MASK);
    TokenState first = sampler.start(new int[] {1, 3, 2}, new byte[3], new Philox(1, 0));
    assertThat(first.tokens()).containsExactly(1, 3, 2);
  }
}
