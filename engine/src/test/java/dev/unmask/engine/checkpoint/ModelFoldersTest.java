package dev.unmask.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFoldersTest {
  @TempDir Path root;

  @Test
  void modelsAreFoundByNameAndByPath() throws IOException {
    Path stories = model("stories");
    Path rhymes = model("rhymes");
    Files.createDirectory(root.resolve("empty"));
    Files.writeString(root.resolve("file"), "");
    ModelFolders folders = new ModelFolders(root);
    assertThat(folders.names()).containsExactly("rhymes", "stories");
    assertThat(folders.resolve("stories")).isEqualTo(stories);
    assertThat(folders.resolve(rhymes.toString())).isEqualTo(rhymes);
  }

  @Test
  void whatIsNeitherIsToldWhatThereIs() throws IOException {
    model("stories");
    ModelFolders folders = new ModelFolders(root);
    for (String wrong : new String[] {"poems", root.toString(), "no\0path", ""}) {
      assertThatThrownBy(() -> folders.resolve(wrong))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("\"" + wrong + "\"")
          .hasMessageContaining("stories");
    }
  }

  @Test
  void aTraceNamesNothingButBundledModels() throws IOException {
    Path stories = model("stories");
    ModelFolders folders = new ModelFolders(root);
    assertThat(folders.recorded("stories")).isEqualTo(stories);
    for (String other :
        new String[] {stories.toString(), "./stories", "http://127.0.0.1:1/stories", "../x", ""}) {
      assertThatThrownBy(() -> folders.recorded(other))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("The model " + other + ", which the trace names, is not bundled")
          .hasMessageContaining("--model");
    }
  }

  @Test
  void aRootThatIsMissingHasNoModels() {
    ModelFolders folders = new ModelFolders(root.resolve("missing"));
    assertThat(folders.names()).isEmpty();
    assertThatThrownBy(() -> folders.resolve("stories"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("there is none");
  }

  private Path model(String name) throws IOException {
    Path folder = Files.createDirectory(root.resolve(name));
    Files.writeString(folder.resolve("config.json"), "{}");
    return folder;
  }
}
