package dev.unmask.engine.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.run.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a reference implementation did, as a JSON file tells it.
 *
 * @param size of the file, in bytes
 */
public record Recording(Path file, long size, JsonNode root) {
  /** Of anything that is counted. */
  private static final int MOST = 1 << 20;

  /** Of all positions of all states: twice those of any recording. */
  private static final long MOST_LOGITS = 1L << 24;

  /** Fields that describe a recording, or what came of it, and set nothing. */
  private static final Pattern REMARK =
      Pattern.compile(
          "name|source|note|nfe|rng|.*_(?:note|source|calls|count|sum|diff|mismatches)"
              + "|min_.*(?:gap|margin|distance).*");

  /** Objects that hold settings which other recordings have beside the others. */
  private static final Set<String> TOGETHER = Set.of("options", "sampling");

  /** Of probability: all of it is left where they are 1. */
  private static final Set<String> SHARES = Set.of("top_p", "p_nucleus", "nucleus_p");

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  /**
   * Reads a file.
   *
   * @throws InputException if it is not JSON
   */
  static Recording read(Path file) {
    try {
      byte[] text = Files.readAllBytes(file);
      return new Recording(file, text.length, JSON.readTree(text));
    } catch (JsonProcessingException e) {
      throw new InputException(file + " is not JSON; record it again.", e);
    } catch (IOException e) {
      throw new InputException(
          "%s cannot be read (%s); check its permissions.".formatted(file, e.getMessage()), e);
    }
  }

  /** What made it; empty if it does not say. */
  public String source() {
    return root.path("source").asText("");
  }

  /** What one of its objects tells. */
  public Recording of(JsonNode object) {
    return new Recording(file, size, object);
  }

  /**
   * What is set that is not among the known settings, in words; see {@link SingleCase#settings}.
   */
  public Optional<String> unknown(Set<String> known) {
    return settings().entrySet().stream()
        .filter(setting -> !known.contains(setting.getKey()))
        .filter(
            setting ->
                known.stream()
                    .noneMatch(all -> all.endsWith("/") && setting.getKey().startsWith(all)))
        .findFirst()
        .map(
            setting ->
                "its %s is %s, which nothing here takes account of"
                    .formatted(setting.getKey(), setting.getValue()));
  }

  /**
   * What was set to something other than nothing: single values, of objects every field, by its
   * name after the object's and a slash. Lists beside them tell what came of it.
   */
  Map<String, JsonNode> settings() {
    Map<String, JsonNode> settings = new LinkedHashMap<>();
    root.propertyStream()
        .filter(field -> !field.getValue().isArray())
        .forEach(field -> put(settings, "", field));
    return settings;
  }

  private static void put(
      Map<String, JsonNode> settings, String place, Map.Entry<String, JsonNode> field) {
    String name = field.getKey();
    JsonNode value = field.getValue();
    if (value.isObject()) {
      String within = place.isEmpty() && TOGETHER.contains(name) ? "" : place + name + "/";
      value.propertyStream().forEach(inner -> put(settings, within, inner));
    } else if (!REMARK.matcher(name).matches() && !isNeutral(name, value)) {
      settings.put(place + name, value);
    }
  }

  /**
   * Whether it is off: null, false, 0, empty, a share of all, or a precision that is computed in.
   */
  private static boolean isNeutral(String name, JsonNode value) {
    return switch (value.getNodeType()) {
      case NUMBER -> value.asDouble() == (SHARES.contains(name) ? 1 : 0);
      case STRING ->
          value.asText().isEmpty()
              || name.equals("dtype") && value.asText().matches("float(?:32|64)\\b.*");
      case BOOLEAN -> !value.asBoolean();
      case ARRAY -> value.isEmpty();
      default -> value.isNull();
    };
  }

  /** A setting that some recordings name beside the others, and some in an object of settings. */
  public JsonNode option(String name) {
    return Stream.concat(TOGETHER.stream().map(root::path), Stream.of(root))
        .map(place -> place.path(name))
        .filter(value -> !value.isMissingNode())
        .findFirst()
        .orElseGet(() -> root.path(name));
  }

  public boolean has(String name) {
    return root.hasNonNull(name);
  }

  /** A word, empty if it is not there. */
  public String text(String name) {
    return root.path(name).asText("");
  }

  /** A whole number that an int holds. */
  public int whole(String name) {
    JsonNode number = field(name);
    if (!number.canConvertToExactIntegral() || !number.canConvertToInt()) {
      throw new InputException(
          "%s has a \"%s\" that is no whole number; record it again.".formatted(file, name));
    }
    return number.intValue();
  }

  /** How many there are of something, or its size. */
  public int count(String name) {
    int count = whole(name);
    if (count < 0 || count > MOST) {
      throw new InputException(
          "%s has a \"%s\" of %d; record it again with one from 0 to %d."
              .formatted(file, name, count, MOST));
    }
    return count;
  }

  /**
   * A prompt followed by masks.
   *
   * @param length positions together
   * @throws InputException if that cannot have been recorded
   */
  public Start.Tokens start(int[] prompt, long length, Vocabulary vocabulary) {
    checkWork(root.path("states").size(), length, vocabulary);
    checkTokens("prompt", prompt, vocabulary.size());
    return Start.of(prompt, (int) length, vocabulary.maskId());
  }

  /**
   * Refuses to work out more than was recorded.
   *
   * @throws InputException if there are more positions than the file can tell of, or twice the
   *     logits of any recording
   */
  public void checkWork(long states, long positions, Vocabulary vocabulary) {
    if (positions > size || positions * vocabulary.size() > MOST_LOGITS / Math.max(1, states)) {
      throw new InputException(
          "%s tells of %d states of %d positions and %d tokens, which are too many to repeat; record it again."
              .formatted(file, states, positions, vocabulary.size()));
    }
  }

  /** A number, 0 if it is not there. */
  public double number(String name) {
    return root.path(name).asDouble(0);
  }

  public int[] ints(String name) {
    return ints(field(name));
  }

  /** At least one token, each of a vocabulary of that size. */
  public int[] tokens(String name, int vocabulary) {
    int[] tokens = ints(name);
    if (tokens.length == 0) {
      throw new InputException(
          "%s has a \"%s\" without a token; record it again.".formatted(file, name));
    }
    checkTokens(name, tokens, vocabulary);
    return tokens;
  }

  private void checkTokens(String name, int[] tokens, int vocabulary) {
    if (Arrays.stream(tokens).anyMatch(token -> token < 0 || token >= vocabulary)) {
      throw new InputException(
          "%s has a \"%s\" that is not made of tokens from 0 to %d; record it again."
              .formatted(file, name, vocabulary - 1));
    }
  }

  public int[][] rows(String name) {
    return field(name).valueStream().map(Recording::ints).toArray(int[][]::new);
  }

  public float[] floats(String name) {
    return floats(field(name));
  }

  public float[][] floatRows(String name) {
    return floatRows(field(name));
  }

  public JsonNode field(String name) {
    if (!has(name)) {
      throw new InputException(
          "%s has no \"%s\", which it needs to be repeated; record it again."
              .formatted(file, name));
    }
    return root.get(name);
  }

  public static int[] ints(JsonNode array) {
    return array.valueStream().mapToInt(JsonNode::asInt).toArray();
  }

  public static float[] floats(JsonNode array) {
    float[] floats = new float[array.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) array.path(i).asDouble();
    }
    return floats;
  }

  public static float[][] floatRows(JsonNode array) {
    return array.valueStream().map(Recording::floats).toArray(float[][]::new);
  }
}
