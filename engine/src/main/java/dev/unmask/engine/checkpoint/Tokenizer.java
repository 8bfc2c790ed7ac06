package dev.unmask.engine.checkpoint;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.engine.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Text to token ids and back, as a tokenizer.json says. It never asks the network for anything. Any
 * thread may use it.
 */
public final class Tokenizer implements AutoCloseable {
  static {
    // Without this the library would fetch native code for other processors and report its use.
    System.setProperty("ai.djl.offline", "true");
  }

  private final HuggingFaceTokenizer library;
  private final int size;

  private Tokenizer(HuggingFaceTokenizer library, int size) {
    this.library = library;
    this.size = size;
  }

  /**
   * Loads a tokenizer.json.
   *
   * @throws InputException if it is missing or is no tokenizer
   */
  public static Tokenizer open(Path file) {
    int size = size(file, JsonFile.read(file));
    try {
      HuggingFaceTokenizer library =
          HuggingFaceTokenizer.builder()
              .optTokenizerPath(file)
              .optAddSpecialTokens(false)
              .optTruncation(false)
              .optPadding(false)
              .build();
      return new Tokenizer(library, size);
    } catch (IOException | RuntimeException e) {
      throw new InputException(
          "%s is not a tokenizer (%s); fetch it again from where the model came from."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /** One more than the highest id. */
  private static int size(Path file, JsonNode root) {
    int highest = -1;
    for (JsonNode id : root.path("model").path("vocab")) {
      highest = Math.max(highest, id.asInt(-1));
    }
    for (JsonNode token : root.path("added_tokens")) {
      highest = Math.max(highest, token.path("id").asInt(-1));
    }
    if (highest < 0) {
      throw new InputException(
          file + " is not a tokenizer (it has no vocabulary); fetch it again with its model.");
    }
    return highest + 1;
  }

  /** The ids of a text; special tokens that it spells out are recognised, none are added. */
  public int[] encode(String text) {
    return Arrays.stream(library.encode(text, false, false).getIds())
        .mapToInt(Math::toIntExact)
        .toArray();
  }

  /** The text of ids, special tokens left out. */
  public String decode(int... ids) {
    return library.decode(Arrays.stream(ids).asLongStream().toArray(), true);
  }

  /**
   * What one token looks like: a space in front stays, special tokens show their names, and bytes
   * that are no whole character show as U+FFFD.
   */
  public String text(int id) {
    return library.decode(new long[] {id}, false);
  }

  /** One more than the highest id. */
  public int size() {
    return size;
  }

  @Override
  public void close() {
    library.close();
  }
}
