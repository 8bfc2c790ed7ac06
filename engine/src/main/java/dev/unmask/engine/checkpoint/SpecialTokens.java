package dev.unmask.engine.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * The special tokens of a folder whose config.json does not name their ids: tokenizer_config.json
 * has their texts, and tokenizer.json the ids of these.
 */
record SpecialTokens(Path folder) {
  /**
   * The id of a token.
   *
   * @param role as in "mask_token"
   * @param otherwise its text where tokenizer_config.json says nothing
   */
  OptionalInt id(String role, String otherwise) {
    Path tokenizer = folder.resolve("tokenizer.json");
    if (!Files.exists(tokenizer)) {
      return OptionalInt.empty();
    }
    JsonNode root = JsonFile.read(tokenizer);
    String text = text(role, otherwise);
    for (JsonNode added : root.path("added_tokens")) {
      if (added.path("content").asText().equals(text)) {
        return OptionalInt.of(added.path("id").asInt());
      }
    }
    JsonNode id = root.path("model").path("vocab").path(text);
    return id.isInt() ? OptionalInt.of(id.intValue()) : OptionalInt.empty();
  }

  private String text(String role, String otherwise) {
    Path config = folder.resolve("tokenizer_config.json");
    if (!Files.exists(config)) {
      return otherwise;
    }
    JsonNode token = JsonFile.read(config).path(role);
    return token.path("content").asText(token.asText(otherwise));
  }
}
