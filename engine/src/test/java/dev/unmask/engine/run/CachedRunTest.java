package dev.unmask.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.GoldenFiles;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.LladaConfig;
import dev.unmask.engine.denoiser.ShiftedDenoiser;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.denoiser.transformer.LladaTransformer;
import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CachedRunTest {
  private static final LladaConfig CONFIG =
      LladaConfig.read(GoldenFiles.path("tiny_llada/tiny_gqa.config.json"));
  private static final Start.Tokens START =
      Start.of(new int[] {256, 72, 101, 108}, 20, CONFIG.vocabulary().maskId());

  @ParameterizedTest
  @ValueSource(strings = {"prefix", "dual"})
  void goesOnFromAnyStepWithACacheThatIsMadeAgain(String cache) {
    Trace<TokenState, TokenRecord> whole;
    try (TokenDenoiser model = transformer()) {
      TokenRun run = TokenRun.start(of(model), START, plan(cache));
      run.finish(_ -> {});
      whole = run.trace();
    }
    int[] contexts =
        IntStream.range(0, whole.steps()).map(step -> whole.step(step).context()).toArray();
    assertThat(contexts).startsWith(-1, 0, 0, 0, -1, 4, 4, 4);
    for (int step = 0; step <= whole.steps(); step++) {
      try (TokenDenoiser model = transformer()) {
        TokenRun rest = TokenRun.resume(of(model), whole, step);
        rest.finish(_ -> {});
        assertThat(rest.state().tokens())
            .as("from step %d", step)
            .isEqualTo(whole.state(whole.steps()).tokens());
        assertThat(rest.state().evaluations()).isEqualTo(whole.steps());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"prefix", "dual"})
  void aModelThatKeepsNothingIsRefused(String cache) {
    try (TokenDenoiser model = new ShiftedDenoiser(transformer())) {
      assertThatThrownBy(() -> TokenRun.start(of(model), START, plan(cache)))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("turn its cache off");
    }
  }

  private static RunPlan<SamplerKind> plan(String cache) {
    Map<String, String> settings = Map.of("rule", "quota", "block", "4", "cache", cache);
    return new RunPlan<>(Samplers.named("fast-dllm"), settings, RandomKind.PHILOX, 1);
  }

  private static RunModel.Tokens of(TokenDenoiser model) {
    return new RunModel.Tokens(
        new TraceHeader.Model("tiny", ""), List.of(), CONFIG.vocabulary(), model);
  }

  private static LladaTransformer transformer() {
    try (SafetensorsFile file =
        SafetensorsFile.open(GoldenFiles.path("tiny_llada/tiny_gqa.safetensors"))) {
      return new LladaTransformer(CONFIG.architecture(), file, new HostTensors(1));
    }
  }
}
