package dev.unmask.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.GoldenFiles;
import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.training.bpe.BytePairTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
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
