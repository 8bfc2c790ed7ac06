package dev.unmask.engine.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.engine.InputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A tokenizer.json, checked before the native tokenizer sees it: where that one meets what it does
 * not expect it aborts, and this program with it. Only parts that are known are taken over, each
 * field by field; one of an unknown kind is refused by its name. What adds special tokens, cuts or
 * pads is left out, for nothing here asks for it.
 */
final class TokenizerFile {
  /** Sequences within sequences. */
  private static final int DEEPEST = 8;

  /** Ids that no token has, beside as many as there are tokens. */
  private static final int MOST_GAPS = 1024;

  /** The one field without which the native tokenizer does not say no but ends the process. */
  private static final String VITAL = "precompiled_charsmap";

  private static final Predicate<JsonNode> FLAG = JsonNode::isBoolean;
  private static final Predicate<JsonNode> FLAG_OR_NULL = v -> v.isBoolean() || v.isNull();
  private static final Predicate<JsonNode> TEXT = JsonNode::isTextual;
  private static final Predicate<JsonNode> TEXT_OR_NULL = v -> v.isTextual() || v.isNull();
  private static final Predicate<JsonNode> FULL_TEXT = v -> v.isTextual() && !v.asText().isEmpty();
  private static final Predicate<JsonNode> CHARACTER =
      v -> v.isTextual() && v.asText().codePoints().count() == 1;
  private static final Predicate<JsonNode> COUNT = v -> v.isInt() && v.intValue() >= 0;
  private static final Predicate<JsonNode> ZERO = v -> v.isInt() && v.intValue() == 0;
  private static final Predicate<JsonNode> SCHEME = words("always", "never", "first");
  private static final Predicate<JsonNode> BEHAVIOR =
      words("Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous");
  private static final Predicate<JsonNode> PATTERN = v -> v.isObject() && v.size() == 1;

  /** The fields of the parts that are known, by the kind of the part. */
  private static final Map<String, Map<String, Predicate<JsonNode>>> NORMALIZERS =
      Map.ofEntries(
          Map.entry(
              "BertNormalizer",
              Map.of(
                  "clean_text", FLAG,
                  "handle_chinese_chars", FLAG,
                  "strip_accents", FLAG_OR_NULL,
                  "lowercase", FLAG)),
          Map.entry("Strip", Map.of("strip_left", FLAG, "strip_right", FLAG)),
          Map.entry("StripAccents", Map.of()),
          Map.entry("NFC", Map.of()),
          Map.entry("NFD", Map.of()),
          Map.entry("NFKC", Map.of()),
          Map.entry("NFKD", Map.of()),
          Map.entry("Lowercase", Map.of()),
          Map.entry("Nmt", Map.of()),
          Map.entry("ByteLevel", Map.of()),
          Map.entry("Replace", Map.of("pattern", PATTERN, "content", TEXT)),
          Map.entry(
              "Precompiled", Map.of(VITAL, v -> v.isTextual() && CharsMap.isSound(v.asText()))),
          Map.entry("Prepend", Map.of("prepend", FULL_TEXT)));

  private static final Map<String, Predicate<JsonNode>> BYTE_LEVEL =
      Map.of("add_prefix_space", FLAG, "trim_offsets", FLAG, "use_regex", FLAG);
  private static final Map<String, Predicate<JsonNode>> METASPACE =
      Map.of(
          "replacement",
          CHARACTER,
          "prepend_scheme",
          SCHEME,
          "split",
          FLAG,
          "add_prefix_space",
          FLAG);

  private static final Map<String, Map<String, Predicate<JsonNode>>> PRE_TOKENIZERS =
      Map.ofEntries(
          Map.entry("BertPreTokenizer", Map.of()),
          Map.entry("ByteLevel", BYTE_LEVEL),
          Map.entry("CharDelimiterSplit", Map.of("delimiter", CHARACTER)),
          Map.entry("Metaspace", METASPACE),
          Map.entry("Whitespace", Map.of()),
          Map.entry("WhitespaceSplit", Map.of()),
          Map.entry("UnicodeScripts", Map.of()),
          Map.entry("Digits", Map.of("individual_digits", FLAG)),
          Map.entry("Punctuation", Map.of("behavior", BEHAVIOR)),
          Map.entry("Split", Map.of("pattern", PATTERN, "behavior", BEHAVIOR, "invert", FLAG)));

  private static final Map<String, Map<String, Predicate<JsonNode>>> DECODERS =
      Map.of(
          "BPEDecoder", Map.of("suffix", TEXT),
          "ByteLevel", BYTE_LEVEL,
          "WordPiece", Map.of("prefix", TEXT, "cleanup", FLAG),
          "Metaspace", METASPACE,
          "Replace", Map.of("pattern", PATTERN, "content", TEXT),
          "Fuse", Map.of(),
          "ByteFallback", Map.of(),
          // To cut at the end counts backwards and stops at no beginning.
          "Strip", Map.of("content", CHARACTER, "start", COUNT, "stop", ZERO));

  private static final Map<String, Map<String, Predicate<JsonNode>>> MODELS =
      Map.of(
          "BPE",
              Map.of(
                  "unk_token", TEXT_OR_NULL,
                  "continuing_subword_prefix", TEXT_OR_NULL,
                  "end_of_word_suffix", TEXT_OR_NULL,
                  "fuse_unk", FLAG,
                  "byte_fallback", FLAG,
                  "ignore_merges", FLAG),
          "WordPiece",
              Map.of(
                  "unk_token", TEXT,
                  "continuing_subword_prefix", TEXT,
                  "max_input_chars_per_word", COUNT),
          "WordLevel", Map.of("unk_token", TEXT),
          "Unigram", Map.of("unk_id", v -> v.isNull() || COUNT.test(v), "byte_fallback", FLAG));

  private static final Map<String, Predicate<JsonNode>> ADDED_TOKEN =
      Map.of(
          "id", COUNT,
          "content", FULL_TEXT,
          "single_word", FLAG,
          "lstrip", FLAG,
          "rstrip", FLAG,
          "normalized", FLAG,
          "special", FLAG);

  private final Path path;
  private final JsonNode root;

  private TokenizerFile(Path path, JsonNode root) {
    this.path = path;
    this.root = root;
  }

  private static Predicate<JsonNode> words(String... words) {
    return v -> v.isTextual() && Set.of(words).contains(v.asText());
  }

  /**
   * What a tokenizer needs.
   *
   * @param json for the native tokenizer
   * @param size one more than the highest id
   */
  record Checked(String json, int size) {}

  /**
   * Reads and checks one.
   *
   * @throws InputException if it is missing, or is no tokenizer that is known here
   */
  static Checked read(Path path) {
    TokenizerFile file = new TokenizerFile(path, JsonFile.read(path));
    ObjectNode checked = JsonNodeFactory.instance.objectNode();
    checked.put("version", "1.0").putNull("truncation").putNull("padding");
    checked.set("added_tokens", file.addedTokens());
    checked.set("normalizer", file.part("normalizer", "normalizers", NORMALIZERS));
    checked.set("pre_tokenizer", file.part("pre_tokenizer", "pretokenizers", PRE_TOKENIZERS));
    checked.putNull("post_processor");
    checked.set("decoder", file.part("decoder", "decoders", DECODERS));
    checked.set("model", file.model());
    return new Checked(checked.toString(), file.size());
  }

  private ArrayNode addedTokens() {
    ArrayNode added = JsonNodeFactory.instance.arrayNode();
    for (JsonNode token : root.path("added_tokens")) {
      if (!token.isObject()) {
        throw wrong("its added_tokens hold " + cut(token));
      }
      added.add(fields("added_tokens", token, ADDED_TOKEN));
    }
    return added;
  }

  private JsonNode part(
      String name, String within, Map<String, Map<String, Predicate<JsonNode>>> known) {
    JsonNode given = root.path(name);
    return given.isMissingNode() || given.isNull()
        ? JsonNodeFactory.instance.nullNode()
        : part(name, given, within, known, 0);
  }

  private ObjectNode part(
      String name,
      JsonNode given,
      String within,
      Map<String, Map<String, Predicate<JsonNode>>> known,
      int depth) {
    String type = given.path("type").asText();
    if (!type.equals("Sequence")) {
      if (!known.containsKey(type)) {
        throw wrong("its %s is of the kind %s".formatted(name, cut(given.path("type"))));
      }
      ObjectNode part = fields(name, given, known.get(type));
      if (part.has("pattern")) {
        checkPattern(name, part.path("pattern"));
      }
      return part.put("type", type);
    }
    if (depth > DEEPEST || !given.path(within).isArray()) {
      throw wrong("its %s is no sequence of %s".formatted(name, within));
    }
    ObjectNode sequence = JsonNodeFactory.instance.objectNode().put("type", type);
    ArrayNode parts = sequence.putArray(within);
    given.path(within).forEach(one -> parts.add(part(name, one, within, known, depth + 1)));
    return sequence;
  }

  /** The fields that are known; the native tokenizer, too, passes over others. */
  private ObjectNode fields(String name, JsonNode given, Map<String, Predicate<JsonNode>> known) {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, Predicate<JsonNode>> field : known.entrySet()) {
      JsonNode value = given.path(field.getKey());
      if (value.isMissingNode() && !VITAL.equals(field.getKey())) {
        continue;
      }
      if (!field.getValue().test(value)) {
        throw wrong("the %s of its %s is %s".formatted(field.getKey(), name, cut(value)));
      }
      checkCharacters(value.asText());
      fields.set(field.getKey(), value);
    }
    return fields;
  }

  private void checkPattern(String name, JsonNode pattern) {
    String kind = pattern.fieldNames().next();
    JsonNode text = pattern.path(kind);
    if (!FULL_TEXT.test(text) || !Set.of("String", "Regex").contains(kind)) {
      throw wrong("the pattern of its %s is %s".formatted(name, cut(pattern)));
    }
    checkCharacters(text.asText());
    if (kind.equals("Regex")) {
      try {
        TokenizerPattern.check(text.asText());
      } catch (TokenizerPattern.Refused e) {
        throw wrong("the pattern %s of its %s %s".formatted(cut(text), name, e.getMessage()));
      }
    }
  }

  private ObjectNode model() {
    JsonNode given = root.path("model");
    String type = given.path("type").asText(given.has("merges") ? "BPE" : "");
    if (!MODELS.containsKey(type)) {
      throw wrong("its model is of the kind " + cut(given.path("type")));
    }
    ObjectNode model = fields("model", given, MODELS.get(type)).put("type", type);
    if (type.equals("Unigram")) {
      checkPieces(given);
    } else {
      checkVocabulary(given.path("vocab"));
    }
    model.set("vocab", given.path("vocab"));
    if (type.equals("BPE")) {
      checkMerges(given.path("merges"), given.path("continuing_subword_prefix").asText(""));
      model.set("merges", given.path("merges"));
    }
    return model;
  }

  private void checkVocabulary(JsonNode vocab) {
    if (!vocab.isObject()) {
      throw wrong("it has no vocabulary");
    }
    vocab
        .properties()
        .forEach(
            token -> {
              checkCharacters(token.getKey());
              if (!COUNT.test(token.getValue())) {
                throw wrong("the id of a token in its vocabulary is " + cut(token.getValue()));
              }
            });
  }

  private void checkPieces(JsonNode model) {
    JsonNode vocab = model.path("vocab");
    for (JsonNode piece : vocab) {
      if (piece.size() != 2 || !FULL_TEXT.test(piece.path(0)) || !piece.path(1).isNumber()) {
        throw wrong("its vocabulary holds " + cut(piece));
      }
      checkCharacters(piece.path(0).asText());
      if (!(Math.abs(piece.path(1).doubleValue()) < Integer.MAX_VALUE)) {
        throw wrong("its vocabulary holds " + cut(piece));
      }
    }
    if (model.path("unk_id").isInt() && model.path("unk_id").intValue() >= vocab.size()) {
      throw wrong("its unk_id is " + model.path("unk_id"));
    }
  }

  /**
   * Two tokens each. The native tokenizer cuts the prefix off the second without looking, counting
   * characters and cutting bytes.
   */
  private void checkMerges(JsonNode merges, String prefix) {
    if (!merges.isArray() || !StandardCharsets.US_ASCII.newEncoder().canEncode(prefix)) {
      throw wrong("its merges, or their prefix, are not those of byte pairs");
    }
    for (JsonNode merge : merges) {
      String[] pair =
          merge.isTextual()
              ? merge.asText().split(" ", -1)
              : merge.valueStream().map(JsonNode::asText).toArray(String[]::new);
      boolean texts = merge.isTextual() || merge.valueStream().allMatch(JsonNode::isTextual);
      if (!texts || pair.length != 2 || !pair[1].startsWith(prefix)) {
        throw wrong("it merges " + cut(merge));
      }
      Arrays.stream(pair).forEach(this::checkCharacters);
    }
  }

  /** Half a pair of UTF-16 is no character, and nothing that the native tokenizer can be given. */
  private void checkCharacters(String text) {
    if (text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
      throw wrong("it has a text with half a character");
    }
  }

  /** No more than there are tokens, but for a few gaps. */
  private int size() {
    JsonNode vocab = root.path("model").path("vocab");
    int tokens = vocab.size() + root.path("added_tokens").size();
    int highest = vocab.isArray() ? vocab.size() - 1 : highest(vocab, -1);
    for (JsonNode token : root.path("added_tokens")) {
      highest = Math.max(highest, token.path("id").asInt(-1));
    }
    if (highest < 0) {
      throw wrong("it has no vocabulary");
    }
    if (highest > 2L * tokens + MOST_GAPS) {
      throw wrong("it has a token numbered %d, and %d tokens".formatted(highest, tokens));
    }
    return highest + 1;
  }

  private static int highest(JsonNode ids, int least) {
    return Math.max(least, ids.valueStream().mapToInt(JsonNode::intValue).max().orElse(least));
  }

  private static String cut(JsonNode value) {
    String text = value.isMissingNode() ? "missing" : value.toString();
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }

  private InputException wrong(String what) {
    return new InputException(
        "%s is not a tokenizer that is known here: %s; fetch it again from where the model came from."
            .formatted(path, what));
  }
}
