package dev.unmask.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.engine.GoldenFiles;
import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.CheckpointTensors;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.ShiftedDenoiser;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.denoiser.bert.BertTransformer;
import dev.unmask.engine.denoiser.transformer.LladaTransformer;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.PortableTensors;
import dev.unmask.engine.tensor.TensorOps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The logits of the copied weights on the host are compared with recordings by verification. */
class MaskedModelsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int[] IDS = {7, 12, 4, 33, 59, 2, 28, 41, 5};

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"dream", "smdm", "bert", "roberta"})
  void storedWeightsAndTheOtherBackEndGiveTheSameLogits(String name) {
    float[][] expected = logits(open(name, new HostTensors(2), false));
    assertSame(logits(open(name, new HostTensors(2), true)), expected);
    assertSame(logits(open(name, new PortableTensors(), false)), expected);
    assertSame(logits(open(name, new PortableTensors(), true)), expected);
  }

  private static void assertSame(float[][] came, float[][] expected) {
    for (int row = 0; row < expected.length; row++) {
      assertThat(came[row]).containsExactly(expected[row], within(1e-4f));
    }
  }

  private static TokenDenoiser open(String name, TensorOps ops, boolean stays) {
    CheckpointTensors tensors =
        new CheckpointTensors(SafetensorsFile.open(golden(name + ".safetensors")), ops, stays);
    return switch (ModelConfig.read(golden(name + ".config.json"))) {
      case QwenConfig config ->
          new ShiftedDenoiser(new LladaTransformer(config.architecture(), tensors));
      case LitGptConfig config -> new LladaTransformer(config.architecture(), tensors);
      case BertConfig config -> new BertTransformer(config.architecture(), tensors);
      default -> throw new AssertionError(name);
    };
  }

  private static float[][] logits(TokenDenoiser denoiser) {
    try (denoiser) {
      int[] rows = IntStream.range(0, IDS.length).toArray();
      return denoiser
          .predict(Request.ofSequence(IDS, Attention.FULL, rows, Optional.empty()))
          .logits();
    }
  }

  @Test
  void aMaskBehindThePredictedTokensIsNeverPredicted() {
    float[][] logits = logits(open("smdm", new HostTensors(1), false));
    assertThat(logits[3]).hasSize(65);
    assertThat(logits[3][64]).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(ModelConfig.read(golden("smdm.config.json")).vocabulary().maskId()).isEqualTo(64);
  }

  @Test
  void aSequenceLongerThanTheTableOfPositionsIsRefused() {
    try (TokenDenoiser roberta = open("roberta", new HostTensors(1), false)) {
      assertThat(roberta.contextLength()).isEqualTo(24);
      int[] ids = new int[25];
      assertThatThrownBy(
              () ->
                  roberta.predict(
                      Request.ofSequence(ids, Attention.FULL, new int[1], Optional.empty())))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("24 positions");
    }
  }

  @Test
  void aBertFolderHasItsMaskInItsTokenizer() throws IOException {
    ObjectNode config = config("bert");
    config.remove("mask_token_id");
    write("config.json", config);
    Files.copy(golden("bert.safetensors"), folder.resolve("model.safetensors"));
    ObjectNode tokenizer = JSON.createObjectNode();
    tokenizer.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
    ObjectNode model = tokenizer.putObject("model").put("type", "WordPiece");
    model.put("unk_token", "[UNK]").put("continuing_subword_prefix", "##");
    model.put("max_input_chars_per_word", 100);
    ObjectNode words = model.putObject("vocab").put("[UNK]", 0).put("[BLANK]", 9);
    words.put("un", 1).put("##mask", 2).put("the", 3).put("rest", 59);
    write("tokenizer.json", tokenizer);
    assertThatThrownBy(() -> Model.open(folder, 1).close())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("names a mask");
    write("tokenizer_config.json", JSON.createObjectNode().put("mask_token", "[BLANK]"));
    try (Model bert = Model.open(folder, 1)) {
      assertThat(bert.vocabulary().maskId()).isEqualTo(9);
      assertThat(bert.tokenizer().encode("unmask the")).containsExactly(1, 2, 3);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "bert, hidden_act, relu",
    "bert, position_embedding_type, relative_key",
    "bert, num_attention_heads, 5",
    "bert, mask_token_id, 60",
    "dream, rope_scaling, yarn",
    "dream, num_key_value_heads, 3",
    "dream, head_dim, 16",
    "dream, eos_token_id, -1",
    "smdm, _mlp_class, GptNeoxMLP",
    "smdm, n_query_groups, 3",
  })
  void aFieldThatMakesNoSenseIsNamed(String name, String field, String value) throws IOException {
    ObjectNode config = config(name);
    config.set(field, value.matches("-?\\d+") ? JSON.readTree(value) : JSON.valueToTree(value));
    write("config.json", config);
    assertThatThrownBy(() -> ModelConfig.read(folder.resolve("config.json")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(field)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  @ParameterizedTest
  @CsvSource({
    "bert, hidden_size, 48, 'word_embeddings.weight is [60, 32] and not [60, 48]'",
    "roberta, type_vocab_size, 2, 'token_type_embeddings.weight is [1, 32] and not [2, 32]'",
    "dream, num_hidden_layers, 3, model.layers.2.input_layernorm.weight is missing",
    "dream, num_key_value_heads, 4, 'k_proj.bias is [16] and not [32]'",
    "smdm, n_layer, 1, transformer.h.1.attn.attn.weight has no place in it",
    "smdm, n_query_groups, 4, 'attn.attn.weight is [64, 32] and not [96, 32]'",
  })
  void whatDoesNotFitTheConfigIsNamed(String name, String field, int value, String complaint)
      throws IOException {
    write("config.json", config(name).put(field, value));
    ModelConfig config = ModelConfig.read(folder.resolve("config.json"));
    try (SafetensorsFile file = SafetensorsFile.open(golden(name + ".safetensors"));
        TensorOps ops = new HostTensors(1)) {
      assertThatThrownBy(() -> config.denoiser(file, ops))
          .isInstanceOf(InputException.class)
          .hasMessageContaining(complaint);
    }
  }

  @Test
  void dreamMayHaveManyEnds() throws IOException {
    ObjectNode config = config("dream");
    config.putArray("eos_token_id").add(61).add(62);
    write("config.json", config);
    assertThat(ModelConfig.read(folder.resolve("config.json")).vocabulary().endIds())
        .containsExactly(61, 62);
  }

  private static Path golden(String name) {
    return GoldenFiles.path("tiny_masked/" + name);
  }

  private static ObjectNode config(String name) throws IOException {
    return (ObjectNode) JSON.readTree(golden(name + ".config.json").toFile());
  }

  private void write(String name, ObjectNode json) throws IOException {
    Files.writeString(folder.resolve(name), json.toString());
  }
}
