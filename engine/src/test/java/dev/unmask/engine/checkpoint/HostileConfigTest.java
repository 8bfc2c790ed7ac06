package dev.unmask.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.engine.GoldenFiles;
import dev.unmask.engine.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No memory is taken for a model that is not there. */
@Timeout(60)
class HostileConfigTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String IMAGES =
      """
      {"model_type": "unet", "height": 8, "width": 8, "channels": 1, "classes": 0,
       "fine_channels": 8, "coarse_channels": 32, "blocks": 1,
       "prediction_type": "sample", "corruption": "masking"}
      """;

  @TempDir private Path temporary;
  private Path folder;

  @BeforeEach
  void modelFolder() {
    folder = GoldenFiles.modelFolder(temporary);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'model_type': 'gpt2', 'n_embd': 8}         | is of the model_type \"gpt2\"",
        "{'model_type': 'llada2_moe', 'd_model': 64} | is of the model_type \"llada2_moe\"",
        "{'architectures': ['LlamaForCausalLM']}     | is of no model_type",
        "{'model_type': 5}                           | is of no model_type",
        "{}                                          | is of no model_type",
      })
  void aModelOfAnotherTypeIsRefusedByName(String config, String complaint) throws IOException {
    Files.writeString(folder.resolve("config.json"), config.replace('\'', '"'));
    assertRefused(() -> Model.open(folder, 1).close(), complaint);
    assertRefused(() -> Model.open(folder, 1).close(), "what it can are llada, dream, qwen2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "d_model | 1073741824          | its d_model is 1073741824 and not a whole number from 1 to 16777216",
        "d_model | 4194304             | does not fit its config.json",
        "n_heads | 0                   | its n_heads is 0",
        "n_kv_heads | 0                | its n_kv_heads is 0",
        "n_layers | -1                 | its n_layers is -1",
        "n_layers | 2147483647         | its n_layers is 2147483647",
        "n_layers | 4097               | its n_layers is 4097 and not a whole number from 1 to 4096",
        "n_layers | 4096               | does not fit its config.json",
        "embedding_size | 2147483647   | its embedding_size is 2147483647",
        "embedding_size | 16777216     | does not fit its config.json",
        "mlp_hidden_size | 16777216    | does not fit its config.json",
        "mlp_ratio | 1073741824        | its mlp_ratio is 1073741824",
        "mlp_ratio | 16777216          | its mlp_hidden_size would be 1073741824",
        "max_sequence_length | 1e999   | its max_sequence_length is",
        "rope_theta | 1e999            | its rope_theta is",
        "d_model | 99999999999999999999 | its d_model is",
        "d_model | true                | its d_model is true",
      })
  void aSizeThatTheWeightsDoNotBearOutIsRefused(String field, String value, String complaint)
      throws IOException {
    Path file = folder.resolve("config.json");
    ObjectNode config = (ObjectNode) JSON.readTree(file.toFile());
    config.set(field, JSON.readTree(value.replace('\'', '"')));
    Files.writeString(file, config.toString().replace("\"Infinity\"", "1e999"));
    assertRefused(() -> Model.open(folder, 1).close(), complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'model_type': 'qwen2', 'hidden_size': 1073741824, 'num_attention_heads': 4, 'vocab_size': 9} | hidden_size is 1073741824",
        "{'model_type': 'bert', 'hidden_size': 64, 'num_attention_heads': 4, 'vocab_size': 2147483647} | vocab_size is 2147483647",
        "{'model_type': 'roberta', 'hidden_size': 64, 'num_attention_heads': 4, 'vocab_size': 9, 'num_hidden_layers': 1, 'intermediate_size': 1, 'max_position_embeddings': 1, 'mask_token_id': 0} | leave no position",
        "{'model_type': 'mdlm', 'n_blocks': 2147483647, 'hidden_dim': 8, 'n_heads': 1, 'cond_dim': 8, 'vocab_size': 9, 'model_length': 8} | n_blocks is 2147483647",
        "{'model_type': 'mdlm', 'n_blocks': 4096, 'hidden_dim': 16777216, 'n_heads': 1, 'cond_dim': 16777216, 'vocab_size': 16777216, 'model_length': 8} | not fit its config.json",
        "{'n_embd': 16777216, 'n_head': 1, 'n_query_groups': 1, 'n_layer': 1, 'block_size': 8} | its intermediate_size would be 67108864",
        "{'n_embd': 64, 'n_head': 1, 'n_query_groups': 1, 'n_layer': 1, 'block_size': 8, 'vocab_size': 16777216, 'padding_multiple': 16777216} | not fit its config.json",
        "{'model_type': 'exact', 'vocab_size': 2147483647, 'mask_token_id': 0} | vocab_size is 2147483647",
      })
  void soIsOneOfAnotherFamily(String config, String complaint) throws IOException {
    Files.writeString(folder.resolve("config.json"), config.replace('\'', '"'));
    assertRefused(() -> Model.open(folder, 1).close(), complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'height': 8 | 'height': 16384            | its images have 131072",
        "'channels': 1 | 'channels': 16384        | does not fit its config.json",
        "'fine_channels': 8 | 'fine_channels': 16384 | does not fit its config.json",
        "'coarse_channels': 32 | 'coarse_channels': 16384 | does not fit its config.json",
        "'blocks': 1 | 'blocks': 16384            | does not fit its config.json",
        "'classes': 0 | 'classes': 16384          | does not fit its config.json",
        "'width': 8 | 'width': -8                 | its width is -8",
        "'blocks': 1 | 'blocks': 0                | its blocks is 0",
      })
  void soIsOneOfImages(String from, String to, String complaint) throws IOException {
    String config =
        IMAGES
            .replace(from.replace('\'', '"'), to.replace('\'', '"'))
            .replace(
                "\"width\": 8,",
                complaint.contains("131072") ? "\"width\": 16384," : "\"width\": 8,");
    Files.writeString(folder.resolve("config.json"), config);
    assertRefused(
        () -> ImageFolder.open(folder, 1).close(), complaint.replace("131072", "268435456"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[[[[", "{\"a\":", "{} {}", "nul", "\u0000\u0000\u0000\u00f6"})
  void whatIsNoJsonIsToldInOneSentence(String text) throws IOException {
    Path file = folder.resolve("config.json");
    Files.writeString(file, text.replace("[[[[", "[".repeat(100_000)));
    assertRefused(() -> Model.open(folder, 1).close(), "config.json");
  }

  @Test
  void aFileThatIsNoConfigIsNotReadWhole() throws IOException {
    Path file = folder.resolve("config.json");
    try (var sparse = new java.io.RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 33);
    }
    assertRefused(() -> Model.open(folder, 1).close(), "has 8589934592 bytes");
  }

  private static void assertRefused(ThrowingCallable opening, String complaint) {
    assertThatThrownBy(opening)
        .isInstanceOf(InputException.class)
        .hasMessageContaining(complaint)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }
}
