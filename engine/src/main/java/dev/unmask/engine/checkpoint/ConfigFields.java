package dev.unmask.engine.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.Vocabulary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/** The fields of a config.json, each checked when it is asked for. */
record ConfigFields(Path file, JsonNode root) {
  /** No model that can be run has a size beyond, and products of two such fit into a long. */
  private static final int LARGEST = 1 << 24;

  private static final int MOST_LAYERS = 1 << 12;
  private static final int LONGEST = 60;

  void require(String name, String only) {
    JsonNode value = root.path(name);
    if (!value.isMissingNode() && !value.isNull() && !value.asText().equals(only)) {
      throw wrong(
          "its %s is %s and this program knows only %s".formatted(name, shown(value), only));
    }
  }

  void requireAbsent(String name) {
    if (has(name)) {
      throw wrong("it has a %s, which this program does not know".formatted(name));
    }
  }

  /** Heads share the width evenly, halves of a head are alike, and so are groups of heads. */
  void checkHeads(String names, int width, int heads, int keyHeads) {
    if (width % heads != 0 || width / heads % 2 != 0 || heads % keyHeads != 0) {
      throw wrong("its %s of %d, %d and %d do not divide".formatted(names, width, heads, keyHeads));
    }
  }

  boolean has(String name) {
    return root.hasNonNull(name);
  }

  boolean flag(String name, boolean absent) {
    return root.path(name).asBoolean(absent);
  }

  int count(String name) {
    if (!has(name)) {
      throw wrong("it has no " + name);
    }
    return count(name, 0);
  }

  int count(String name, int absent) {
    return count(name, absent, LARGEST);
  }

  private int count(String name, int absent, int most) {
    JsonNode value = root.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    if (!value.isInt() || value.intValue() < 1 || value.intValue() > most) {
      throw wrong(
          "its %s is %s and not a whole number from 1 to %d".formatted(name, shown(value), most));
    }
    return value.intValue();
  }

  /** How many layers there are, each of which has tensors of its own. */
  int layers(String name) {
    count(name);
    return count(name, 0, MOST_LAYERS);
  }

  /** A size that is so many times another. */
  int multiple(String name, int factor, int size) {
    long product = (long) factor * size;
    if (product > LARGEST) {
      throw wrong("its %s would be %d and is at most %d".formatted(name, product, LARGEST));
    }
    return (int) product;
  }

  /** A value as a sentence bears it. */
  private static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }

  OptionalInt optionalCount(String name) {
    return has(name) ? OptionalInt.of(count(name, 0)) : OptionalInt.empty();
  }

  double number(String name, double absent) {
    JsonNode value = root.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    if (!value.isNumber() || !(value.doubleValue() > 0 && Double.isFinite(value.doubleValue()))) {
      throw wrong("its %s is %s and not a number above 0".formatted(name, shown(value)));
    }
    return value.doubleValue();
  }

  int token(String name, int vocabulary) {
    return token(name, root.path(name), vocabulary);
  }

  private int token(String name, JsonNode value, int vocabulary) {
    if (!value.isInt() || value.intValue() < 0 || value.intValue() >= vocabulary) {
      throw wrong(
          "its %s is %s and not a token from 0 to %d"
              .formatted(name, shown(value), vocabulary - 1));
    }
    return value.intValue();
  }

  /** The token or tokens of a field; none if it is absent. */
  int[] tokens(String name, int vocabulary) {
    if (!root.path(name).isArray()) {
      return has(name) ? new int[] {token(name, vocabulary)} : new int[0];
    }
    return root.path(name)
        .valueStream()
        .mapToInt(value -> token(name, value, vocabulary))
        .toArray();
  }

  /**
   * The mask that the field "mask_token_id" names, or else the tokenizer beside the file.
   *
   * @param text of the mask, if the tokenizer does not say which it is
   */
  int mask(String text, int vocabulary) {
    if (has("mask_token_id")) {
      return token("mask_token_id", vocabulary);
    }
    Path folder = file.toAbsolutePath().getParent();
    int id = new SpecialTokens(folder).id("mask_token", text).orElse(Vocabulary.NO_MASK);
    if (id < 0 || id >= vocabulary) {
      throw wrong("neither it nor its tokenizer.json names a mask among its tokens");
    }
    return id;
  }

  /** What a field within an object is, under its own name. */
  ConfigFields within(String name) {
    if (!root.path(name).isObject()) {
      throw wrong("it has no " + name);
    }
    return new ConfigFields(file, root.path(name));
  }

  InputException wrong(String what) {
    return new InputException(
        "%s does not describe a model that can be run: %s; use a model as it was published."
            .formatted(file, what));
  }

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
}
