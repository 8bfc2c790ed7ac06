package dev.unmask.engine.checkpoint;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import dev.unmask.engine.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * Text to token ids and back, as a tokenizer.json says. It never asks the network for anything. Any
 * thread may use it.
 */
public final class Tokenizer implements AutoCloseable {
  static {
    // Without this the library would fetch native code for other processors and report its use.
    System.setProperty("ai.djl.offline", "true");
  }

  private static final Map<String, String> OPTIONS =
      Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

  private final Path file;
  private final HuggingFaceTokenizer library;
  private final int size;

  private Tokenizer(Path file, HuggingFaceTokenizer library, int size) {
    this.file = file;
    this.library = library;
    this.size = size;
  }

  /**
   * Loads a tokenizer.json.
   *
   * @throws InputException if it is missing or is no tokenizer
   */
  public static Tokenizer open(Path file) {
    TokenizerFile.Checked checked = TokenizerFile.read(file);
    byte[] json = checked.json().getBytes(StandardCharsets.UTF_8);
    try {
      HuggingFaceTokenizer library =
          HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), OPTIONS);
      return new Tokenizer(file, library, checked.size());
    } catch (IOException | RuntimeException e) {
      throw new InputException(
          "%s is not a tokenizer (%s); fetch it again from where the model came from."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /** Loads the library, without which there are no tokenizers. */
  static void loadLibrary() {
    LibUtils.checkStatus();
  }

  /**
   * The ids of a text; special tokens that it spells out are recognised, none are added.
   *
   * @throws InputException if a part of it has no token
   */
  public int[] encode(String text) {
    try {
      return Arrays.stream(library.encode(whole(text), false, false).getIds())
          .mapToInt(Math::toIntExact)
          .toArray();
    } catch (RuntimeException e) {
      throw new InputException(
          "%s has no token for a part of the text (%s); leave it out, or fetch the tokenizer again."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /** Half a pair of UTF-16 is no character, and nothing that native code can be given. */
  private static String whole(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
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
