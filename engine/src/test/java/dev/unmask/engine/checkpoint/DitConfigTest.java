package dev.unmask.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.engine.GoldenFiles;
import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.dit.DitArchitecture;
import dev.unmask.engine.denoiser.dit.DitTransformer;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.tensor.HostTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DitConfigTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;

  @Test
  void aFolderHoldsABlockDiffusionModelWhoseMaskIsBehindItsTokenizersTokens() throws IOException {
    write(recorded("bd3lm_no_adaln").put("model_type", "bd3lm").put("eos_token_id", 1));
    weights("bd3lm_no_adaln");
    try (Model model = Model.open(folder, 1)) {
      assertThat(model.vocabulary().maskId()).isEqualTo(39);
      assertThat(model.vocabulary().endIds()).containsExactly(1);
      assertThat(model.denoiser().contextLength()).isEqualTo(16);
      assertThat(model.denoiser().blockSize()).hasValue(4);
      assertThat(logits(model, 3, 5)).isNotEqualTo(logits(model, 3, 6));
      assertThat(logits(model, 4, 5)).isEqualTo(logits(model, 4, 6));
    }
  }

  /** Of the first position, where a token stands at another one. */
  private static float[] logits(Model model, int position, int token) {
    int[] ids = new int[8];
    ids[position] = token;
    return model
        .denoiser()
        .predict(Request.ofSequence(ids, Attention.FULL, new int[1], Optional.empty()))
        .logits()[0];
  }

  @Test
  void aFolderHoldsAModelThatIsNotToldTheTime() throws IOException {
    write(recorded("mdlm_like_adaln").put("model_type", "mdlm").put("time_conditioning", false));
    weights("mdlm_like_adaln");
    try (Model model = Model.open(folder, 1)) {
      assertThat(model.denoiser().blockSize()).isEmpty();
      assertThat(logits(model, 4, 5)).isNotEqualTo(logits(model, 4, 6));
    }
  }

  @Test
  void aModelThatMustBeToldTheTimeSaysSo() throws IOException {
    write(recorded("mdlm_like_adaln").put("model_type", "mdlm"));
    weights("mdlm_like_adaln");
    try (Model model = Model.open(folder, 1)) {
      assertThatThrownBy(() -> logits(model, 0, 0))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("the time");
    }
  }

  @Test
  void seddIsReadFromItsOwnNames() {
    DitConfig config = DitConfig.of(folder, sedd());
    assertThat(config.architecture().vocabulary()).isEqualTo(50_258);
    assertThat(config.vocabulary().maskId()).isEqualTo(50_257);
    assertThat(config.vocabulary().endIds()).containsExactly(50_256);
    assertThat(config.architecture().tensors())
        .extracting(tensor -> tensor.name())
        .contains("vocab_embed.embedding", "blocks.11.mlp.2.bias", "sigma_map.mlp.0.weight");
  }

  @Test
  void seddsRowsAreScoresOfWhichATokensOwnIsOne() throws IOException {
    DitArchitecture shape = DitConfig.of(folder, recorded("mdlm_like_adaln")).architecture();
    int[] ids = {3, 39};
    Request request =
        Request.ofSequence(ids, Attention.FULL, new int[] {0, 1}, Optional.empty()).at(0.5);
    float[] logits = rows(shape, request)[1];
    float[][] scores = rows(shape.scoring(), request);
    double sigma = -Math.log1p(-0.999 * 0.5);
    double scale = Math.log(Math.expm1(sigma)) + Math.log(39);
    assertThat(scores[0][3]).isZero();
    assertThat(scores[1][39]).isZero();
    assertThat(scores[1][7]).isCloseTo((float) (logits[7] - scale), within(1e-4f));
  }

  private static float[][] rows(DitArchitecture shape, Request request) {
    Path weights = GoldenFiles.path("tiny_dit/mdlm_like_adaln.safetensors");
    try (SafetensorsFile file = SafetensorsFile.open(weights);
        DitTransformer transformer = new DitTransformer(shape, file, new HostTensors(1))) {
      return transformer.predict(request).logits();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "graph, type, uniform",
    "noise, type, geometric",
    "model, scale_by_sigma, false",
  })
  void anotherSeddIsRefused(String part, String field, String value) {
    ObjectNode sedd = sedd();
    ((ObjectNode) sedd.get(part)).put(field, value);
    assertThatThrownBy(() -> DitConfig.of(folder, sedd))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(field + " is \"" + value);
  }

  @ParameterizedTest
  @CsvSource({"n_heads, 3", "hidden_dim, 0", "causal, 1", "block_size, -1", "vocab_size, 0"})
  void whatMakesNoSenseIsRefused(String field, int value) throws IOException {
    write(recorded("bd3lm_no_adaln").put("model_type", "bd3lm").put(field, value));
    assertThatThrownBy(() -> ModelConfig.read(folder.resolve("config.json")))
        .isInstanceOf(InputException.class)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  private static ObjectNode sedd() {
    ObjectNode root = JSON.createObjectNode().put("tokens", 50_257);
    root.putObject("graph").put("type", "absorb");
    root.putObject("noise").put("type", "loglinear");
    root.putObject("model")
        .put("hidden_size", 768)
        .put("cond_dim", 128)
        .put("length", 1024)
        .put("n_blocks", 12)
        .put("n_heads", 12)
        .put("scale_by_sigma", true);
    return root;
  }

  private static ObjectNode recorded(String name) throws IOException {
    return (ObjectNode)
        JSON.readTree(GoldenFiles.path("tiny_dit/" + name + ".json").toFile()).get("config");
  }

  private void write(ObjectNode config) throws IOException {
    Files.write(folder.resolve("config.json"), JSON.writeValueAsBytes(config));
  }

  private void weights(String name) throws IOException {
    Files.copy(
        GoldenFiles.path("tiny_dit/" + name + ".safetensors"), folder.resolve("model.safetensors"));
    String tokens =
        IntStream.range(0, 39)
            .mapToObj(id -> "\"t%d\":%d".formatted(id, id))
            .collect(Collectors.joining(","));
    Files.writeString(
        folder.resolve("tokenizer.json"),
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{%s},\"merges\":[]}}".formatted(tokens));
  }
}
