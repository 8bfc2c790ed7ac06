package dev.unmask.engine.safetensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.unmask.engine.InputException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A file's checked header: what it holds and where.
 *
 * @param tensors by name, in the header's order
 */
record Header(Map<String, String> metadata, SequencedMap<String, Located> tensors) {
  /** The longest header that the format allows, in bytes. */
  static final long LONGEST = 100_000_000;

  /** The key of the free-form strings. */
  static final String METADATA = "__metadata__";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** A tensor and its bytes' range, counted from the end of the header. */
  record Located(Entry entry, long begin, long end) {}

  /**
   * Parses and checks.
   *
   * @param text the header's bytes
   * @param dataSize bytes that follow the header
   */
  static Header parse(Path file, ByteBuffer text, long dataSize) {
    JsonNode root = json(file, text);
    Map<String, String> metadata = new LinkedHashMap<>();
    SequencedMap<String, Located> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (field.getKey().equals(METADATA)) {
        metadata.putAll(metadata(file, field.getValue()));
      } else {
        tensors.put(field.getKey(), located(file, field.getKey(), field.getValue()));
      }
    }
    checkCoverage(file, tensors, dataSize);
    return new Header(
        Collections.unmodifiableMap(metadata), Collections.unmodifiableSequencedMap(tensors));
  }

  private static JsonNode json(Path file, ByteBuffer text) {
    try {
      JsonNode root = JSON.readTree(StandardCharsets.UTF_8.newDecoder().decode(text).toString());
      if (!root.isObject()) {
        throw bad(file, "its header is not a JSON object");
      }
      return root;
    } catch (CharacterCodingException e) {
      throw bad(file, "its header is not UTF-8");
    } catch (JsonProcessingException e) {
      String reason = e.getOriginalMessage().replaceFirst("(?s) \\(start marker.*|\n.*", "");
      throw bad(file, "its header is not JSON (" + reason + ")");
    }
  }

  private static Map<String, String> metadata(Path file, JsonNode node) {
    Map<String, String> strings = new LinkedHashMap<>();
    if (!node.isObject()) {
      throw bad(file, "its __metadata__ is not an object of strings");
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!field.getValue().isTextual()) {
        throw bad(file, "its __metadata__ is not an object of strings");
      }
      strings.put(field.getKey(), field.getValue().textValue());
    }
    return strings;
  }

  private static Located located(Path file, String name, JsonNode node) {
    Entry entry = new Entry(name, type(file, name, node), numbers(file, name, node, "shape"));
    long[] offsets = numbers(file, name, node, "data_offsets");
    if (offsets.length != 2) {
      throw bad(file, "the data_offsets of tensor \"" + name + "\" are not two numbers");
    }
    if (offsets[1] - offsets[0] != byteSize(file, entry)) {
      throw bad(
          file,
          "tensor \"%s\" has %d bytes where its shape and type need %d"
              .formatted(name, offsets[1] - offsets[0], entry.byteSize()));
    }
    return new Located(entry, offsets[0], offsets[1]);
  }

  private static long byteSize(Path file, Entry entry) {
    try {
      return entry.byteSize();
    } catch (ArithmeticException e) {
      throw bad(file, "tensor \"" + entry.name() + "\" has a shape too large to exist");
    }
  }

  private static ElementType type(Path file, String name, JsonNode node) {
    String given = node.path("dtype").asText("");
    for (ElementType type : ElementType.values()) {
      if (type.name().equals(given)) {
        return type;
      }
    }
    throw new InputException(
        "%s cannot be read: tensor \"%s\" has element type \"%s\"; convert it to F32, F16 or BF16."
            .formatted(file, name, given));
  }

  private static long[] numbers(Path file, String name, JsonNode node, String key) {
    JsonNode array = node.path(key);
    boolean natural = array.isArray();
    long[] numbers = new long[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      JsonNode number = array.path(i);
      natural &= number.isIntegralNumber() && number.canConvertToLong() && number.longValue() >= 0;
      numbers[i] = number.longValue();
    }
    if (!natural) {
      throw bad(file, "the %s of tensor \"%s\" is not a list of counts".formatted(key, name));
    }
    return numbers;
  }

  /** The tensors must cover the data exactly: no overlap, no gap, nothing past the end. */
  private static void checkCoverage(
      Path file, SequencedMap<String, Located> tensors, long dataSize) {
    List<Located> inPlace = new ArrayList<>(tensors.values());
    inPlace.sort(Comparator.comparingLong(Located::begin).thenComparingLong(Located::end));
    long covered = 0;
    for (Located tensor : inPlace) {
      if (tensor.begin() != covered) {
        String how = tensor.begin() < covered ? "overlaps the one" : "leaves a gap to the data";
        throw bad(file, "tensor \"%s\" %s before it".formatted(tensor.entry().name(), how));
      }
      covered = tensor.end();
    }
    if (covered != dataSize) {
      throw bad(
          file, "its tensors take %d bytes and %d follow its header".formatted(covered, dataSize));
    }
  }

  static InputException bad(Path file, String what) {
    return new InputException(
        file + " is not a whole safetensors file: " + what + "; fetch or make it again.");
  }
}
