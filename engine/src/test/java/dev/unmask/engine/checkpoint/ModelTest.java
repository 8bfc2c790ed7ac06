package dev.unmask.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.engine.GoldenFiles;
import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.safetensors.Entry;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.safetensors.SafetensorsWriter;
import dev.unmask.engine.safetensors.Source;
import dev.unmask.engine.training.bpe.BytePairTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelTest {
  @TempDir Path temporary;

  private Path folder;

  @BeforeEach
  void modelFolder() {
    folder = GoldenFiles.modelFolder(temporary);
  }

  @Test
  void aFolderHoldsAWholeModel() {
    try (Model model = Model.open(folder, 1)) {
      assertThat(model.name()).isEqualTo("tiny");
      assertThat(model.sha256())
          .isEqualTo("2d9d603ba9c180d52cb87d160e9d5eb476996f29ad242450564f7e8ee76e70c5");
      assertThat(model.vocabulary().size()).isEqualTo(264);
      assertThat(model.vocabulary().maskId()).isEqualTo(258);
      assertThat(model.vocabulary().endIds()).containsExactly(257);
      assertThat(model.tokenizer().text(0)).isEqualTo("<pad>");
      assertThat(model.denoiser().vocabularySize()).isEqualTo(264);
      assertThat(model.denoiser().contextLength()).isEqualTo(256);
    }
  }

  @Test
  void theNumberOfThreadsChangesNoByte() {
    int[] ids = new int[200];
    Arrays.setAll(ids, i -> i * 7 % 264);
    Request request =
        Request.ofSequence(ids, Attention.FULL, new int[] {0, 99, 199}, Optional.empty());
    try (Model one = Model.open(folder, 1);
        Model three = Model.open(folder, 3)) {
      assertThat(three.denoiser().predict(request).logits())
          .isDeepEqualTo(one.denoiser().predict(request).logits());
    }
  }

  @Test
  void aFileThatIsMissingIsNamed() throws IOException {
    for (String name : new String[] {"tokenizer.json", "model.safetensors", "config.json"}) {
      Files.delete(folder.resolve(name));
      assertRefused(name);
    }
    Files.delete(folder);
    assertRefused("is not a folder");
  }

  @Test
  void weightsMayLieInSeveralFilesWithAnIndex() throws IOException {
    Request request =
        Request.ofSequence(new int[] {5, 258, 7}, Attention.FULL, new int[] {1}, Optional.empty());
    float[][] whole;
    try (Model model = Model.open(folder, 1)) {
      whole = model.denoiser().predict(request).logits();
    }
    shard("model.transformer.wte.weight", "a.safetensors", "b.safetensors");
    try (Model model = Model.open(folder, 1)) {
      assertThat(model.denoiser().predict(request).logits()).isDeepEqualTo(whole);
      assertThat(model.sha256()).hasSize(64);
    }
    Path index = folder.resolve("model.safetensors.index.json");
    String text = Files.readString(index);
    Files.writeString(index, text.replace("blocks.1.q_proj", "blocks.9.q_proj"));
    assertRefused("blocks.1.q_proj");
    for (String elsewhere : List.of("../a", "/a", "b/a", "b/../../a", "file:a")) {
      Files.writeString(index, text.replace("\"a.safe", "\"" + elsewhere + ".safe"));
      assertRefused("no safetensors file beside it");
    }
    Files.writeString(index, "{}");
    assertRefused("weight_map");
    Files.writeString(index, text);
    Files.delete(folder.resolve("b.safetensors"));
    assertRefused("b.safetensors");
  }

  /** Puts one tensor in a file of its own. */
  private void shard(String alone, String one, String others) throws IOException {
    Path file = folder.resolve("model.safetensors");
    ObjectNode index = new JsonMapper().createObjectNode();
    ObjectNode places = index.putObject("weight_map");
    try (SafetensorsFile whole = SafetensorsFile.open(file)) {
      SequencedMap<Entry, Source> first = new LinkedHashMap<>();
      SequencedMap<Entry, Source> rest = new LinkedHashMap<>();
      whole
          .entries()
          .values()
          .forEach(
              entry -> {
                boolean isAlone = entry.name().equals(alone);
                (isAlone ? first : rest).put(entry, Source.of(whole.data(entry.name())));
                places.put(entry.name(), isAlone ? one : others);
              });
      SafetensorsWriter.write(folder.resolve(one), Map.of(), first);
      SafetensorsWriter.write(folder.resolve(others), Map.of(), rest);
    }
    Files.delete(file);
    Files.writeString(folder.resolve("model.safetensors.index.json"), index.toString());
  }

  @Test
  void weightsThatDoNotFitTheConfigAreNamed() throws IOException {
    copy("tiny_gqa.safetensors", "model.safetensors");
    assertRefused("k_proj.weight is [32, 64] and not [64, 64]");
  }

  @Test
  void aTokenizerThatIsTooLargeIsRefused() {
    BytePairTrainer.train(Stream.of("abcdef abcdef"), 265).write(folder.resolve("tokenizer.json"));
    assertRefused("tokens 0 to 264, where the model has 0 to 263");
  }

  @Test
  void aTokenizerWithoutTheMaskIsRefused() throws IOException {
    Files.writeString(
        folder.resolve("tokenizer.json"),
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[]}}");
    assertRefused("its mask is 258");
  }

  @Test
  void aFileThatIsNoTokenizerIsRefused() throws IOException {
    Path tokenizer = folder.resolve("tokenizer.json");
    for (String text : new String[] {"", "[]", "{}", "{\"model\":{\"vocab\":{\"a\":0}}}"}) {
      Files.writeString(tokenizer, text);
      assertRefused("tokenizer.json");
    }
  }

  private void assertRefused(String complaint) {
    assertThatThrownBy(() -> Model.open(folder, 1).close())
        .isInstanceOf(InputException.class)
        .hasMessageContaining(complaint)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  private void copy(String golden, String name) throws IOException {
    Files.copy(
        GoldenFiles.path("tiny_llada/" + golden),
        folder.resolve(name),
        StandardCopyOption.REPLACE_EXISTING);
  }
}
