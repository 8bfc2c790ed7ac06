package dev.unmask.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.unmask.engine.GoldenFiles;
import dev.unmask.engine.checkpoint.DitConfig;
import dev.unmask.engine.checkpoint.LladaConfig;
import dev.unmask.engine.denoiser.BlockCausalDenoiser;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.sampler.block.Bd3lm;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Block diffusion with the backbones it is trained with, small ones, with and without a cache. */
class BlockDiffusionCacheTest {
  private static final int LENGTH = 15;

  @ParameterizedTest
  @ValueSource(strings = {"bd3lm", "llada"})
  void theCacheChangesNoPredictionAndNoToken(String name) throws IOException {
    try (TokenDenoiser denoiser = open(name)) {
      Trace<TokenState, TokenRecord> cached =
          run(denoiser, Map.of("first-hitting", "false", "steps", "9"));
      Trace<TokenState, TokenRecord> whole =
          run(denoiser, Map.of("first-hitting", "false", "steps", "9", "kv-cache", "false"));
      assertThat(cached.steps()).isEqualTo(whole.steps());
      for (int step = 0; step < whole.steps(); step++) {
        assertSame(cached.step(step), whole.step(step));
      }
    }
  }

  private static void assertSame(TokenRecord cached, TokenRecord whole) {
    assertThat(cached.decision().next().tokens()).isEqualTo(whole.decision().next().tokens());
    assertThat(cached.decision().next().evaluations())
        .isEqualTo(whole.decision().next().evaluations());
    assertThat(cached.decision().confidence())
        .containsExactly(whole.decision().confidence(), within(1e-4f));
    assertThat(cached.entropy()).containsExactly(whole.entropy(), within(1e-4f));
    assertThat(cached.candidates().ids()).isEqualTo(whole.candidates().ids());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bd3lm", "llada"})
  void aRunGoesOnFromAnyStepWithAnEmptyCache(String name) throws IOException {
    try (TokenDenoiser denoiser = open(name);
        TokenDenoiser fresh = open(name)) {
      Trace<TokenState, TokenRecord> whole = run(denoiser, Map.of());
      assertThat(whole.step(0).context()).isZero();
      assertThat(whole.step(whole.steps() - 1).context()).isEqualTo(11);
      for (int step = 0; step < whole.steps(); step += 5) {
        TokenRun rest = TokenRun.resume(model(fresh), whole, step);
        rest.finish(_ -> {});
        assertThat(rest.state().tokens()).isEqualTo(whole.state(whole.steps()).tokens());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bd3lm", "llada"})
  void noStepComputesFinishedBlocksAgain(String name) throws IOException {
    List<Integer> slots = new ArrayList<>();
    try (TokenDenoiser denoiser = open(name)) {
      run(new Counting(denoiser, slots), Map.of());
    }
    assertThat(slots).hasSize(14).allMatch(count -> count == 4 || count == 3);
  }

  /** Notes how many slots each request has. */
  private record Counting(TokenDenoiser denoiser, List<Integer> slots) implements TokenDenoiser {
    @Override
    public int vocabularySize() {
      return denoiser.vocabularySize();
    }

    @Override
    public int contextLength() {
      return denoiser.contextLength();
    }

    @Override
    public RowMeaning rowMeaning() {
      return denoiser.rowMeaning();
    }

    @Override
    public boolean keepsContext() {
      return denoiser.keepsContext();
    }

    @Override
    public OptionalInt blockSize() {
      return denoiser.blockSize();
    }

    @Override
    public Prediction predict(Request request) {
      slots.add(request.ids().length);
      return denoiser.predict(request);
    }

    @Override
    public void close() {
      denoiser.close();
    }
  }

  /** The model was made for 16 positions. */
  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void aSequenceMayBeLongerThanTheModelSees(String caches) throws IOException {
    List<Integer> slots = new ArrayList<>();
    try (TokenDenoiser denoiser = open("bd3lm")) {
      RunModel.Tokens model = model(new Counting(denoiser, slots));
      Map<String, String> settings = Map.of("kv-cache", caches);
      var plan = new RunPlan<>(Bd3lm.KIND, settings, RandomKind.PHILOX, 5);
      Start.Tokens start = Start.of(new int[] {1}, 30, model.vocabulary().maskId());
      TokenRun run = TokenRun.start(model, start, plan);
      run.finish(_ -> {});
      assertThat(run.state().tokens()).doesNotContain(-1, 39);
      for (int position = 0; position < 28; position++) {
        assertThat(run.trace().step(28).entropy()[position]).isNaN();
      }
    }
    assertThat(slots).hasSize(29).allMatch(count -> count <= 16);
    assertThat(slots.getLast()).isEqualTo(14);
  }

  private static Trace<TokenState, TokenRecord> run(
      TokenDenoiser denoiser, Map<String, String> settings) {
    var plan = new RunPlan<>(Bd3lm.KIND, settings, RandomKind.PHILOX, 5);
    RunModel.Tokens model = model(denoiser);
    Start.Tokens start = Start.of(new int[] {1}, LENGTH, model.vocabulary().maskId());
    TokenRun run = TokenRun.start(model, start, plan);
    run.finish(_ -> {});
    assertThat(run.trace().header().segments().getFirst().settings())
        .containsEntry("block-size", 4);
    return run.trace();
  }

  private static RunModel.Tokens model(TokenDenoiser denoiser) {
    int mask = denoiser.vocabularySize() == 40 ? 39 : 258;
    return new RunModel.Tokens(
        new TraceHeader.Model("tiny", ""),
        List.of(),
        new Vocabulary(denoiser.vocabularySize(), mask, new int[0]),
        denoiser);
  }

  private static TokenDenoiser open(String name) throws IOException {
    HostTensors ops = new HostTensors(1);
    if (name.equals("llada")) {
      LladaConfig config = LladaConfig.read(GoldenFiles.path("tiny_llada/tiny_gqa.config.json"));
      Path weights = GoldenFiles.path("tiny_llada/tiny_gqa.safetensors");
      try (SafetensorsFile file = SafetensorsFile.open(weights)) {
        return new BlockCausalDenoiser(config.denoiser(file, ops), 4);
      }
    }
    Path recording = GoldenFiles.path("tiny_dit/bd3lm_no_adaln.json");
    JsonNode config = new JsonMapper().readTree(recording.toFile()).get("config");
    try (SafetensorsFile file =
        SafetensorsFile.open(recording.resolveSibling("bd3lm_no_adaln.safetensors"))) {
      return DitConfig.of(recording, config).denoiser(file, ops);
    }
  }
}
