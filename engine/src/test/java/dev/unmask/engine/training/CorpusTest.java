package dev.unmask.engine.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.checkpoint.Tokenizer;
import dev.unmask.engine.training.bpe.BytePairTrainer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {
  private static final String TEXT = "a b\n<|endoftext|>\n\n<|endoftext|>\nä <|endoftext|> c\n";

  @TempDir private Path folder;

  @Test
  void documentsAreSeparatedByLinesAndEndWithTheEndToken() throws IOException {
    Corpus corpus = read(Files.writeString(folder.resolve("text.txt"), TEXT));
    assertThat(corpus.documents()).hasSize(2);
    assertThat(corpus.documents()).allSatisfy(ids -> assertThat(ids[ids.length - 1]).isEqualTo(1));
    assertThat(corpus.concatenated())
        .startsWith(corpus.documents().getFirst())
        .endsWith(corpus.documents().getLast());
  }

  @Test
  void aPackedTextReadsAsThePlainOne() throws IOException {
    Path packed = folder.resolve("text.txt.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(TEXT.getBytes(StandardCharsets.UTF_8));
    }
    Path plain = Files.writeString(folder.resolve("text.txt"), TEXT);
    assertThat(read(packed).concatenated()).isEqualTo(read(plain).concatenated());
  }

  private Corpus read(Path text) {
    Path file = folder.resolve("tokenizer.json");
    BytePairTrainer.train(Stream.of(TEXT), 262).write(file);
    try (Tokenizer tokenizer = Tokenizer.open(file)) {
      return Corpus.read(text, tokenizer, 1);
    }
  }
}
