package dev.unmask.engine.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.unmask.engine.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What a reference implementation did, as a JSON file tells it. */
record Recording(Path file, JsonNode root) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  /**
   * Reads a file.
   *
   * @throws InputException if it is not JSON
   */
  static Recording read(Path file) {
    try {
      return new Recording(file, JSON.readTree(Files.readAllBytes(file)));
    } catch (JsonProcessingException e) {
      throw new InputException(file + " is not JSON; record it again.", e);
    } catch (IOException e) {
      throw new InputException(
          "%s cannot be read (%s); check its permissions.".formatted(file, e.getMessage()), e);
    }
  }

  /** What made it; empty if it does not say. */
  String source() {
    return root.path("source").asText("");
  }

  boolean has(String name) {
    return root.hasNonNull(name);
  }

  /** A word, empty if it is not there. */
  String text(String name) {
    return root.path(name).asText("");
  }

  int whole(String name) {
    return field(name).asInt();
  }

  /** A number, 0 if it is not there. */
  double number(String name) {
    return root.path(name).asDouble(0);
  }

  int[] ints(String name) {
    return ints(field(name));
  }

  /** At least one token, each of a vocabulary of that size. */
  int[] tokens(String name, int vocabulary) {
    int[] tokens = ints(name);
    if (tokens.length == 0
        || Arrays.stream(tokens).anyMatch(token -> token < 0 || token >= vocabulary)) {
      throw new InputException(
          "%s has a \"%s\" that is not made of tokens from 0 to %d; record it again."
              .formatted(file, name, vocabulary - 1));
    }
    return tokens;
  }

  int[][] rows(String name) {
    return field(name).valueStream().map(Recording::ints).toArray(int[][]::new);
  }

  float[] floats(String name) {
    return floats(field(name));
  }

  float[][] floatRows(String name) {
    return floatRows(field(name));
  }

  JsonNode field(String name) {
    if (!has(name)) {
      throw new InputException(
          "%s has no \"%s\", which it needs to be repeated; record it again."
              .formatted(file, name));
    }
    return root.get(name);
  }

  static int[] ints(JsonNode array) {
    return array.valueStream().mapToInt(JsonNode::asInt).toArray();
  }

  static float[] floats(JsonNode array) {
    float[] floats = new float[array.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) array.get(i).asDouble();
    }
    return floats;
  }

  static float[][] floatRows(JsonNode array) {
    return array.valueStream().map(Recording::floats).toArray(float[][]::new);
  }
}
