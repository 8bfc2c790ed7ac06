package dev.unmask.engine.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.unmask.engine.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The ids of a tokenizer's tokens that are no text. */
record SpecialTokens(int pad, int end, int mask) {
  private static final List<String> END = List.of("<eos>", "<|endoftext|>");
  private static final List<String> MASK = List.of("[MASK]", "<|mask|>", "<|mdm_mask|>");
  private static final List<String> PAD = List.of("<pad>", "<|padding|>");

  /** Those that a tokenizer.json adds; padding is the end token where there is no other. */
  static SpecialTokens read(Path tokenizer) {
    Map<String, Integer> added = new HashMap<>();
    try {
      for (JsonNode token : new JsonMapper().readTree(tokenizer.toFile()).path("added_tokens")) {
        added.put(token.path("content").asText(), token.path("id").asInt());
      }
    } catch (IOException e) {
      throw new InputException(
          "%s cannot be read as a tokenizer.json (%s); give another file."
              .formatted(tokenizer, e.getMessage()),
          e);
    }
    int end = find(added, END, tokenizer);
    int pad = PAD.stream().filter(added::containsKey).findFirst().map(added::get).orElse(end);
    return new SpecialTokens(pad, end, find(added, MASK, tokenizer));
  }

  private static int find(Map<String, Integer> added, List<String> names, Path tokenizer) {
    return names.stream()
        .filter(added::containsKey)
        .findFirst()
        .map(added::get)
        .orElseThrow(
            () ->
                new InputException(
                    "%s has none of the tokens %s; give a tokenizer that has one."
                        .formatted(tokenizer, names)));
  }
}
