package dev.unmask.engine.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.engine.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the classes of an image model show.
 *
 * @param names of class 0, 1 and on; none where the model does not tell
 */
public record ClassNames(List<String> names) {
  /**
   * Of a model's folder: what its config.json has as {@code id2label}, or as {@code classes} of a
   * set of images.
   *
   * @throws InputException if there is no config.json that can be read
   */
  public static ClassNames read(Path folder) {
    JsonNode config = JsonFile.read(folder.resolve("config.json"));
    List<String> names = new ArrayList<>();
    config.path("classes").forEach(name -> names.add(name.asText()));
    JsonNode byNumber = config.path("id2label");
    for (int label = 0; byNumber.has(String.valueOf(label)); label++) {
      names.add(byNumber.path(String.valueOf(label)).asText());
    }
    return new ClassNames(List.copyOf(names));
  }

  /**
   * The class of that name or number.
   *
   * @param classes how many there are
   * @throws InputException if there is none
   */
  public int label(String given, int classes) {
    int named = names.indexOf(given);
    if (named >= 0) {
      return named;
    }
    try {
      int number = Integer.parseInt(given);
      if (number >= 0 && number < classes) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw unknown(given, classes);
    }
    throw unknown(given, classes);
  }

  private InputException unknown(String given, int classes) {
    String there =
        classes == 0
            ? "the model has none"
            : "there are 0 to %d%s"
                .formatted(classes - 1, names.isEmpty() ? "" : ": " + String.join(", ", names));
    return new InputException("There is no class '%s'; %s.".formatted(given, there));
  }
}
