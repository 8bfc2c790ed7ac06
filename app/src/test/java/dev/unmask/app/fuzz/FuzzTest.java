package dev.unmask.app.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damaged inputs for every reader: each is read, or refused in a sentence, in two seconds and a
 * gigabyte. {@code mvn -Pfuzz verify} tries a million; {@code -Dfuzz.inputs=N} so many for each
 * reader, {@code -Dfuzz.from=N} from a number on.
 *
 * <p>The mutations know the formats and are not guided by coverage: Jazzer, which is, follows one
 * reader a process, ends with a process that aborts, and begins each run elsewhere, where these are
 * to be the same on every machine, all of them, in a minute.
 */
class FuzzTest {
  private static final long FROM = Long.getLong("fuzz.from", 0);
  private static final long INPUTS = Long.getLong("fuzz.inputs", 1000);

  @TempDir private static Path folder;
  private static Readers readers;

  @BeforeAll
  static void start() throws IOException {
    readers = new Readers(folder.resolve("seeds"));
    Seeds.putModels(folder.resolve("inputs").resolve("recording"));
  }

  @AfterAll
  static void stop() {
    readers.close();
  }

  static Stream<Reader> readers() {
    return readers.all().stream();
  }

  @ParameterizedTest
  @MethodSource("readers")
  void aDamagedInputIsReadOrRefused(Reader reader) {
    try (Fuzzer fuzzer = new Fuzzer(folder.resolve("inputs"))) {
      Fuzzer.Counts counts =
          fuzzer.run(reader, FROM / reader.share(), (FROM + INPUTS) / reader.share());
      System.out.println(counts);
      assertThat(counts.others()).isEmpty();
    }
  }
}
