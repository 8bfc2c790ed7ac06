package dev.unmask.engine.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.unmask.engine.InputException;
import dev.unmask.engine.JsonPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** JSON files that a person gave. */
public final class JsonFile {
  /** Four times the largest tokenizer. */
  private static final long LONGEST = 1 << 27;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private JsonFile() {}

  /**
   * A file's object.
   *
   * @throws InputException if it is missing, cannot be read, or is none
   */
  public static JsonNode read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          file
              + " is missing; a model folder holds config.json, model.safetensors and tokenizer.json.");
    }
    try {
      if (Files.size(file) > LONGEST) {
        throw new InputException(
            "%s has %d bytes and no model's JSON has more than %d; fetch it again."
                .formatted(file, Files.size(file), LONGEST));
      }
      JsonNode root = JSON.readTree(Files.readAllBytes(file));
      if (root.isObject()) {
        return root;
      }
      throw new InputException(file + " is not a JSON object; fetch it again.");
    } catch (JsonProcessingException e) {
      throw new InputException(
          "%s is not JSON that can be read (it %s); fetch it again."
              .formatted(file, JsonPlace.of(e)),
          e);
    } catch (IOException e) {
      throw new InputException(
          "%s cannot be read (%s); check its permissions.".formatted(file, e.getMessage()), e);
    }
  }
}
