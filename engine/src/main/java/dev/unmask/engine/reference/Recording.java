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

/**
 * What a reference implementation did, as a JSON file tells it.
 *
 * @param size of the file, in bytes
 */
record Recording(Path file, long size, JsonNode root) {
  /** Of anything that is counted. */
  private static final int MOST = 1 << 20;

  /** Of all positions of all states: ten times those of any recording. */
  private static final long MOST_LOGITS = 1L << 26;

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
  String source() {
    return root.path("source").asText("");
  }

  /** What one of its objects tells. */
  Recording of(JsonNode object) {
    return new Recording(file, size, object);
  }

  boolean has(String name) {
    return root.hasNonNull(name);
  }

  /** A word, empty if it is not there. */
  String text(String name) {
    return root.path(name).asText("");
  }

  /** A whole number that an int holds. */
  int whole(String name) {
    JsonNode number = field(name);
    if (!number.isInt()) {
      throw new InputException(
          "%s has a \"%s\" that is no whole number; record it again.".formatted(file, name));
    }
    return number.intValue();
  }

  /** How many there are of something, or its size. */
  int count(String name) {
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
  Start start(int[] prompt, long length, Vocabulary vocabulary) {
    checkWork(root.path("states").size(), length, vocabulary);
    return Start.of(prompt, (int) length, vocabulary.maskId());
  }

  /**
   * Refuses to work out more than was recorded.
   *
   * @throws InputException if there are more positions than the file can tell of, or many times the
   *     logits of any recording
   */
  void checkWork(long states, long positions, Vocabulary vocabulary) {
    if (positions > size || positions * vocabulary.size() > MOST_LOGITS / Math.max(1, states)) {
      throw new InputException(
          "%s tells of %d states of %d positions and %d tokens, which are too many to repeat; record it again."
              .formatted(file, states, positions, vocabulary.size()));
    }
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
