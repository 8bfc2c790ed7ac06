package dev.unmask.engine.checkpoint;

import dev.unmask.engine.FieldException;
import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.TrainedFor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The bundled models: of text here, others in folders of their own.
 *
 * @param root a folder with one folder a model
 */
public record ModelFolders(Path root) {
  /** Those of images. */
  public ModelFolders images() {
    return new ModelFolders(root.resolve("images"));
  }

  /** Those that tell what images show. */
  public ModelFolders classifiers() {
    return new ModelFolders(root.resolve("classifiers"));
  }

  /** Names of the models that there are, in order. */
  public List<String> names() {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(root)) {
      return folders
          .filter(ModelFolders::isModel)
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new InputException(
          "%s cannot be read (%s); check its permissions.".formatted(root, e.getMessage()), e);
    }
  }

  /**
   * A model's folder.
   *
   * @param model a bundled one's name, or the path of any folder
   * @throws InputException if it is neither
   */
  public Path resolve(String model) {
    List<String> names = names();
    if (names.contains(model)) {
      return root.resolve(model);
    }
    try {
      Path folder = Path.of(model);
      if (isModel(folder)) {
        return folder;
      }
    } catch (InvalidPathException e) {
      throw unknown(model, names);
    }
    throw unknown(model, names);
  }

  /**
   * The folder of a model that a trace names: a bundled one's alone, because a trace may come from
   * anybody, and makes nothing else be read or asked.
   *
   * @throws InputException if it is no bundled one's name
   */
  public Path recorded(String model) {
    if (!names().contains(model)) {
      throw new InputException(
          "The model %s, which the trace names, is not bundled, and nothing is read or asked because a trace names it; if you trust it, give it with --model."
              .formatted(model));
    }
    return root.resolve(model);
  }

  /**
   * What a model was trained for.
   *
   * @param model a bundled one's name, or the path of any folder
   * @throws InputException if it is neither, or its config.json does not make sense
   */
  public TrainedFor trainedFor(String model) {
    return ModelConfig.read(resolve(model).resolve("config.json")).trainedFor();
  }

  private static boolean isModel(Path folder) {
    return Files.isRegularFile(folder.resolve("config.json"));
  }

  private static InputException unknown(String model, List<String> names) {
    return new FieldException(
        "model",
        "\"%s\" is neither a bundled model (%s) nor a folder with a config.json; give one of these."
            .formatted(model, names.isEmpty() ? "there is none" : String.join(", ", names)));
  }
}
