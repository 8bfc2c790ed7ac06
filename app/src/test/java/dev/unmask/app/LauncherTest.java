package dev.unmask.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program in a process of its own, on the display that there is none. */
class LauncherTest {
  private static final List<String> OF_THE_ENGINE = List.of("tokenizers");

  @TempDir private Path folder;

  /**
   * A library that is loaded while JavaCPP loads one can stop both for good, and it did so in one
   * start of twenty, when ND4J was loaded as well: the renderer's library for shadows.
   */
  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void theEnginesLibrariesAreLoadedOnOneThreadBeforeTheToolkits() throws Exception {
    Path log = folder.resolve("libraries.log");
    Process program = start("-Xlog:library=info:file=" + log + ":tid");
    try {
      List<String> loaded = loaded(log);
      while (program.isAlive() && lines(loaded, "decora").isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(50);
        loaded = loaded(log);
      }
      int toolkit = loaded.indexOf(lines(loaded, "prism").getFirst());
      List<String> before = loaded.subList(0, toolkit);
      for (String library : OF_THE_ENGINE) {
        assertThat(lines(before, library)).as(library).hasSize(1);
      }
      assertThat(OF_THE_ENGINE.stream().map(library -> thread(lines(before, library).getFirst())))
          .containsOnly(thread(before.getFirst()));
      for (String library : List.of("jnind4j", "jniopenblas")) {
        assertThat(lines(loaded, library)).as(library + ", which a card alone needs").isEmpty();
      }
    } finally {
      program.destroyForcibly().waitFor();
    }
  }

  private Process start(String flag) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    String cache = System.getProperty("user.home") + "/.javacpp/cache";
    command.addAll(
        List.of(
            "-Duser.home=" + folder,
            "-Dorg.bytedeco.javacpp.cachedir=" + cache,
            flag,
            "-cp",
            System.getProperty("java.class.path"),
            "dev.unmask.app.Launcher"));
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("DISPLAY", ":none");
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    return builder.start();
  }

  private static List<String> loaded(Path log) throws IOException {
    return Files.exists(log)
        ? Files.readAllLines(log).stream()
            .filter(line -> line.contains("Loaded library /"))
            .toList()
        : List.of();
  }

  private static List<String> lines(List<String> all, String library) {
    return all.stream().filter(line -> line.contains("lib" + library)).toList();
  }

  private static String thread(String line) {
    return line.substring(0, line.indexOf(']'));
  }
}
