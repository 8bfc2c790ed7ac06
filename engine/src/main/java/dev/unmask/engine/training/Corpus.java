package dev.unmask.engine.training;

import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The documents of a text file, as tokens; each ends with the end token. */
public record Corpus(List<int[]> documents) {
  private static final String SEPARATOR = "<|endoftext|>";

  /** Reads a .txt file, or .gz, whose documents are separated by lines {@code <|endoftext|>}. */
  public static Corpus read(Path text, Tokenizer tokenizer, int endId) {
    return new Corpus(
        texts(text).map(document -> ended(tokenizer.encode(document), endId)).toList());
  }

  /** The documents' texts, without white space around them; empty ones are left out. */
  public static Stream<String> texts(Path text) {
    try {
      return Arrays.stream(read(text).split("(?m)^\\Q" + SEPARATOR + "\\E$"))
          .map(String::strip)
          .filter(document -> !document.isEmpty());
    } catch (IOException e) {
      throw new InputException(
          "%s cannot be read as a text (%s); give a .txt file, or one packed with gzip."
              .formatted(text, e.getMessage()),
          e);
    }
  }

  private static String read(Path text) throws IOException {
    try (InputStream file = Files.newInputStream(text);
        InputStream plain = text.toString().endsWith(".gz") ? new GZIPInputStream(file) : file) {
      return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static int[] ended(int[] ids, int endId) {
    return IntStream.concat(Arrays.stream(ids), IntStream.of(endId)).toArray();
  }

  /** All documents, one after the other. */
  public int[] concatenated() {
    return documents.stream().flatMapToInt(Arrays::stream).toArray();
  }
}
