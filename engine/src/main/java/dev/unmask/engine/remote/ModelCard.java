package dev.unmask.engine.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.Vocabulary;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a server and the address together tell of a model.
 *
 * @param inputs that it takes, by name
 * @param tokenizer where on the server its tokenizer.json is, if it is there
 */
record ModelCard(
    Vocabulary vocabulary,
    int contextLength,
    RowMeaning rowMeaning,
    OptionalInt blockSize,
    String sha256,
    Set<String> inputs,
    Optional<String> tokenizer) {
  static final String IDS = "input_ids";
  static final String LOGITS = "logits";
  static final String ROWS = "rows";

  /** Properties that this program's own server tells besides what an address may. */
  static final String SHA256 = "sha256";

  static final String TOKENIZER = "tokenizer";

  /** Reads a reply to a request for the model's metadata. */
  static ModelCard of(RemoteAddress address, JsonNode metadata) {
    Told told = new Told(address, metadata.path("properties"));
    Set<String> inputs = new TreeSet<>();
    metadata.path("inputs").forEach(input -> inputs.add(input.path("name").asText()));
    if (!inputs.contains(IDS)) {
      throw address.bad(
          "takes %s and no input_ids".formatted(inputs), "serve it so that it takes token ids");
    }
    int size = told.number(RemoteAddress.SIZE).orElse(width(metadata));
    if (size < 1) {
      throw address.bad("does not tell its vocabulary", "write ?vocabulary_size=N behind it");
    }
    int mask = told.number(RemoteAddress.MASK).orElse(Vocabulary.NO_MASK);
    if (mask == Vocabulary.NO_MASK && !told.has(RemoteAddress.MASK) || mask >= size) {
      throw address.bad("does not tell its mask", "write ?mask_id=ID behind it");
    }
    return new ModelCard(
        new Vocabulary(size, mask, told.numbers(RemoteAddress.ENDS)),
        told.number(RemoteAddress.CONTEXT).orElse(Integer.MAX_VALUE),
        told.rowMeaning(),
        told.number(RemoteAddress.BLOCK),
        told.text(SHA256),
        Set.copyOf(inputs),
        Optional.of(told.text(TOKENIZER)).filter(path -> path.startsWith("/")));
  }

  /** The last size of its logits, −1 if it varies. */
  private static int width(JsonNode metadata) {
    for (JsonNode output : metadata.path("outputs")) {
      JsonNode shape = output.path("shape");
      if (output.path("name").asText().equals(LOGITS) && shape.size() > 0) {
        return shape.get(shape.size() - 1).asInt(-1);
      }
    }
    return -1;
  }

  /** Whether it is one of this program's servers, which can be asked for rows. */
  boolean asksForRows() {
    return inputs.contains(ROWS);
  }

  /** Options of an address, and else what the server tells. */
  private record Told(RemoteAddress address, JsonNode properties) {
    String text(String name) {
      return address.options().getOrDefault(name, properties.path(name).asText(""));
    }

    boolean has(String name) {
      return !text(name).isEmpty();
    }

    /** Empty also for −1, which stands for none. */
    OptionalInt number(String name) {
      int[] numbers = numbers(name);
      return numbers.length == 0 || numbers[0] < 0
          ? OptionalInt.empty()
          : OptionalInt.of(numbers[0]);
    }

    int[] numbers(String name) {
      String text = text(name);
      if (!text.matches("(-?\\d{1,9}(,\\d{1,9})*)?")) {
        throw address.bad("has the %s '%s'".formatted(name, text), "give numbers");
      }
      return text.isEmpty()
          ? new int[0]
          : Arrays.stream(text.split(",")).mapToInt(Integer::parseInt).toArray();
    }

    RowMeaning rowMeaning() {
      String word =
          has(RemoteAddress.ROWS) ? text(RemoteAddress.ROWS) : word(RowMeaning.CLEAN_LOGITS);
      return Arrays.stream(RowMeaning.values())
          .filter(meaning -> word(meaning).equals(word))
          .findFirst()
          .orElseThrow(
              () ->
                  address.bad(
                      "has the row_meaning '%s'".formatted(word),
                      "give one of "
                          + String.join(
                              ", ",
                              Arrays.stream(RowMeaning.values()).map(ModelCard::word).toList())));
    }
  }

  /** As servers and addresses write it. */
  static String word(RowMeaning meaning) {
    return meaning.name().toLowerCase(Locale.ROOT);
  }
}
