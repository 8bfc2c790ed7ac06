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
  static final String TIME = "time";

  /** Properties that this program's own server tells besides what an address may. */
  static final String SHA256 = "sha256";

  static final String TOKENIZER = "tokenizer";

  /** Sixteen times as many as the largest of today's models. */
  private static final int LARGEST_VOCABULARY = 1 << 22;

  /** On the same server, whatever stands in it. */
  private static final String PATH = "(/[A-Za-z0-9._\\-]+)+";

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
    if (size > LARGEST_VOCABULARY) {
      throw address.bad(
          "tells a vocabulary of %d tokens, and no model has more than %d"
              .formatted(size, LARGEST_VOCABULARY),
          "write what it has as ?vocabulary_size=N behind it");
    }
    int mask = told.number(RemoteAddress.MASK).orElse(Vocabulary.NO_MASK);
    if (mask == Vocabulary.NO_MASK && !told.has(RemoteAddress.MASK) || mask >= size) {
      throw address.bad("does not tell its mask", "write ?mask_id=ID behind it");
    }
    return new ModelCard(
        new Vocabulary(size, mask, told.ends(size)),
        told.count(RemoteAddress.CONTEXT).orElse(Integer.MAX_VALUE),
        told.rowMeaning(),
        told.count(RemoteAddress.BLOCK),
        told.sha256(),
        Set.copyOf(inputs),
        Optional.of(told.text(TOKENIZER)).filter(path -> path.matches(PATH)));
  }

  /** The last size of its logits, −1 if it varies. */
  private static int width(JsonNode metadata) {
    for (JsonNode output : metadata.path("outputs")) {
      JsonNode shape = output.path("shape");
      if (output.path("name").asText().equals(LOGITS) && shape.isArray()) {
        JsonNode last = shape.path(shape.size() - 1);
        return last.isInt() ? last.intValue() : -1;
      }
    }
    return -1;
  }

  /** Whether it can be told the time. */
  boolean takesTime() {
    return inputs.contains(TIME);
  }

  /** Whether it is one of this program's servers, which can be asked for rows. */
  boolean asksForRows() {
    return inputs.contains(ROWS);
  }

  /** Options of an address, and else what the server tells. */
  private record Told(RemoteAddress address, JsonNode properties) {
    private static final int LONGEST = 60;

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

    /** Of things that there is at least one of. */
    OptionalInt count(String name) {
      OptionalInt number = number(name);
      if (number.isPresent() && number.getAsInt() == 0) {
        throw address.bad("has the %s 0".formatted(name), "give a number from 1");
      }
      return number;
    }

    int[] ends(int size) {
      int[] ends = numbers(RemoteAddress.ENDS);
      if (Arrays.stream(ends).anyMatch(end -> end < 0 || end >= size)) {
        throw address.bad(
            "has the end_ids %s of %d tokens".formatted(text(RemoteAddress.ENDS), size),
            "give tokens that it has");
      }
      return ends;
    }

    /** Empty if it is none. */
    String sha256() {
      return text(SHA256).matches("[0-9a-f]{64}") ? text(SHA256) : "";
    }

    int[] numbers(String name) {
      String text = text(name);
      if (!text.matches("(-?\\d{1,9}(,\\d{1,9})*)?")) {
        String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        throw address.bad("has the %s '%s'".formatted(name, shown), "give numbers");
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
