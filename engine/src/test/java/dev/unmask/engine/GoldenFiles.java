package dev.unmask.engine;

import dev.unmask.engine.training.bpe.BytePairTrainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The reference recordings among the test resources. */
public final class GoldenFiles {
  private GoldenFiles() {}

  /** A recording by its path in the golden folder. */
  public static Path path(String name) {
    URL resource = GoldenFiles.class.getResource("/golden/" + name);
    try {
      return Path.of(resource.toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** Makes a model folder named tiny of a recorded transformer and a tokenizer of bytes. */
  public static Path modelFolder(Path parent) {
    Path folder = parent.resolve("tiny");
    try {
      Files.createDirectory(folder);
      Files.copy(path("tiny_llada/tiny_mha.config.json"), folder.resolve("config.json"));
      Files.copy(path("tiny_llada/tiny_mha.safetensors"), folder.resolve("model.safetensors"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    BytePairTrainer.train(Stream.of(), 260).write(folder.resolve("tokenizer.json"));
    return folder;
  }
}
