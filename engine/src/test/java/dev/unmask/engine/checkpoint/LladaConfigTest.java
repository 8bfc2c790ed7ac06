package dev.unmask.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.engine.GoldenFiles;
import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.TrainedFor;
import dev.unmask.engine.denoiser.transformer.LladaArchitecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LladaConfigTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;

  @Test
  void everyFieldIsRead() {
    LladaConfig config = LladaConfig.read(GoldenFiles.path("tiny_llada/tiny_gqa.config.json"));
    assertThat(config.architecture())
        .isEqualTo(new LladaArchitecture(2, 64, 4, 2, 96, 264, 256, false, 10_000, 1e-5f));
    assertThat(config.endId()).isEqualTo(257);
    assertThat(config.maskId()).isEqualTo(258);
  }

  @Test
  void aModelMayHaveBeenTrainedInBlocks() throws IOException {
    assertThat(read(config()).blockSize()).isEmpty();
    assertThat(read(config().put("block_size", 16)).blockSize()).hasValue(16);
  }

  @Test
  void itTellsWhatTheModelWasTrainedFor() throws IOException {
    assertThat(read(config()).trainedFor()).isEqualTo(TrainedFor.MASKS);
    assertThat(read(config().put("causal", true)).trainedFor()).isEqualTo(TrainedFor.LEFT_TO_RIGHT);
    assertThat(read(config().put("time_conditioned", true)).trainedFor())
        .isEqualTo(TrainedFor.UNIFORM_NOISE);
    assertThat(read(config().put("block_size", 16)).trainedFor()).isEqualTo(TrainedFor.BLOCKS);
  }

  @Test
  void whatIsAbsentHasTheArchitecturesDefault() throws IOException {
    ObjectNode config = config();
    config.remove("n_kv_heads");
    config.remove("mlp_hidden_size");
    config.remove("embedding_size");
    config.remove("weight_tying");
    config.remove("rope_theta");
    LladaArchitecture architecture = read(config).architecture();
    assertThat(architecture.keyHeads()).isEqualTo(4);
    assertThat(architecture.hidden()).isEqualTo(256);
    assertThat(architecture.vocabulary()).isEqualTo(264);
    assertThat(architecture.tied()).isTrue();
    assertThat(architecture.theta()).isEqualTo(10_000);
  }

  @Test
  void aModelMadeFromQwenHasItsDefaultThetaWhereItNamesNone() throws IOException {
    Path file = GoldenFiles.path("tiny_masked/dream.config.json");
    ObjectNode config = (ObjectNode) JSON.readTree(file.toFile());
    assertThat(QwenConfig.of(file, config).architecture().theta()).isEqualTo(1_000_000);
    config.remove("rope_theta");
    assertThat(QwenConfig.of(file, config).architecture().theta()).isEqualTo(10_000);
  }

  @Test
  void thePaddedTableCounts() throws IOException {
    assertThat(read(config().put("embedding_size", 320)).architecture().vocabulary())
        .isEqualTo(320);
  }

  @Test
  void theEightBillionModelHasTwoEnds() throws IOException {
    ObjectNode config =
        config()
            .put("vocab_size", 126_464)
            .put("embedding_size", 126_464)
            .put("eos_token_id", 126_081)
            .put("mask_token_id", 126_336);
    assertThat(read(config).vocabulary().endIds()).containsExactly(126_081, 126_348);
  }

  @ParameterizedTest
  @CsvSource({
    "model_type, \"dream\"",
    "block_type, \"sequential\"",
    "activation_type, \"swiglu\"",
    "include_qkv_bias, true",
    "rope, false",
    "d_model, 66",
    "d_model, 0",
    "d_model, null",
    "n_layers, 2.5",
    "n_layers, \"2\"",
    "n_kv_heads, 3",
    "rope_theta, -1",
    "mask_token_id, 264",
    "mask_token_id, null",
    "eos_token_id, -1"
  })
  void aFieldThatMakesNoSenseIsNamed(String field, String value) throws IOException {
    ObjectNode config = config();
    config.set(field, JSON.readTree(value));
    assertThatThrownBy(() -> read(config))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("config.json")
        .hasMessageContaining(field);
  }

  private static ObjectNode config() throws IOException {
    return (ObjectNode) JSON.readTree(GoldenFiles.path("tiny_llada/tiny_mha.config.json").toFile());
  }

  private LladaConfig read(ObjectNode config) throws IOException {
    Path file = folder.resolve("config.json");
    Files.writeString(file, config.toString());
    return LladaConfig.read(file);
  }
}
