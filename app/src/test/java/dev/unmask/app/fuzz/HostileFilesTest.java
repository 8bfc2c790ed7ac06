package dev.unmask.app.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that once brought the program down: READER/NAME among the test resources. */
class HostileFilesTest {
  private static final Path FILES = Path.of("src", "test", "resources", "hostile");

  @TempDir private static Path folder;
  private static Readers readers;
  private static Map<String, Reader> byName;

  @BeforeAll
  static void start() throws IOException {
    readers = new Readers(folder.resolve("seeds"));
    Seeds.putModels(folder.resolve("inputs").resolve("recording"));
    byName = readers.all().stream().collect(Collectors.toMap(Reader::name, Function.identity()));
  }

  @AfterAll
  static void stop() {
    readers.close();
  }

  static Stream<Path> files() throws IOException {
    return Files.walk(FILES).filter(Files::isRegularFile).sorted();
  }

  @ParameterizedTest
  @MethodSource("files")
  void isReadOrRefusedInTime(Path file) throws IOException {
    Reader reader = byName.get(file.getParent().getFileName().toString());
    // The models of some recordings lie in a folder of their own.
    String name =
        reader.name().equals("recording")
            ? "tiny_llada/tiny.json"
            : reader.seeds().getFirst().file();
    try (Fuzzer fuzzer = new Fuzzer(folder.resolve("inputs"))) {
      assertThat(fuzzer.outcome(reader, new Reader.Seed(name, Files.readAllBytes(file))))
          .isNotInstanceOf(Fuzzer.Outcome.Other.class);
    }
  }
}
