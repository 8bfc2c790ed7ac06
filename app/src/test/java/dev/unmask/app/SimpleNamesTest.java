package dev.unmask.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever reads a name in either module knows which type is meant. */
class SimpleNamesTest {
  @Test
  void noSimpleNameIsGivenTwice() throws IOException {
    Set<String> names = new HashSet<>();
    List<String> again = new ArrayList<>();
    for (Path module : List.of(Path.of("../engine"), Path.of("."))) {
      try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
        files
            .map(file -> file.getFileName().toString())
            .filter(file -> file.endsWith(".java") && !file.equals("package-info.java"))
            .map(file -> file.substring(0, file.length() - ".java".length()))
            .filter(name -> !names.add(name))
            .forEach(again::add);
      }
    }
    assertThat(names).hasSizeGreaterThan(100);
    assertThat(again).isEmpty();
  }
}
