package dev.unmask.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class StartScriptTest {
  private static final String FLAGS =
      "--add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED"
          + " -XX:TieredStopAtLevel=1";

  @TempDir private static Path folder;

  @BeforeAll
  static void install() throws Exception {
    Path launch = Path.of("src/main/launch");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String[] command = {
      java,
      launch.resolve("Install.java").toString(),
      launch.toString(),
      "",
      "25",
      FLAGS,
      "ONE=1 TWO=2"
    };
    command[3] = folder.resolve("bin").toString();
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  /** What the program wrote, and how it ended. */
  private record Ended(int code, String out, String err) {}

  @Test
  void bothScriptsSetTheVariablesOfTheBuild() throws Exception {
    Path bin = folder.resolve("bin");
    assertThat(Files.readAllLines(bin.resolve("unmask"))).contains("    export ONE=1 TWO=2");
    assertThat(Files.readAllLines(bin.resolve("unmask.bat")))
        .containsSequence("set ONE=1", "set TWO=2");
  }

  @Test
  void noWarningOfTheJvmComesBeforeWhatACommandSays() throws Exception {
    assertThat(run(Map.of(), "--version")).isEqualTo(new Ended(0, "unmask 0.1.0\n", ""));
  }

  @Test
  void whatTheProgramHasToSayAndItsExitCodeComeThrough() throws Exception {
    Ended ended = run(Map.of(), "export", "nowhere");
    assertThat(ended.code).isEqualTo(2);
    assertThat(ended.out).isEmpty();
    assertThat(ended.err).startsWith("unmask export needs OUT").contains("export --help");
  }

  @Test
  void classesComeFromAnArchiveThatFits() throws Exception {
    Path libraries = Files.createDirectories(folder.resolve("lib"));
    Path archive = libraries.resolve("unmask.jsa");
    Path log = folder.resolve("classes.log");
    for (Path part : parts()) {
      Path library = libraries.resolve(part.toString().hashCode() + ".jar");
      if (Files.isDirectory(part)) {
        String[] jar = {"cf", library.toString(), "-C", part.toString(), "."};
        assertThat(ToolProvider.findFirst("jar").orElseThrow().run(System.out, System.err, jar))
            .isZero();
      } else {
        Files.copy(part, library);
      }
    }
    try {
      String write = "-Xlog:cds*=off -XX:ArchiveClassesAtExit=" + archive;
      run(Map.of("CLASSPATH", "", "JDK_JAVA_OPTIONS", write), "--version");
      String tell = "-Xlog:class+load:file=" + log;
      Ended ended = run(Map.of("CLASSPATH", "", "JDK_JAVA_OPTIONS", tell), "--version");
      assertThat(ended.out).isEqualTo("unmask 0.1.0\n");
      assertThat(Files.readString(log))
          .contains(Launcher.class.getName() + " source: shared objects file (top)");
    } finally {
      Files.deleteIfExists(archive);
    }
  }

  /** Of the class path, what the program needs to say its version. */
  private static List<Path> parts() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(part -> part.matches(".*/(picocli-|engine-)[^/]*jar|.*/classes"))
        .map(Path::of)
        .toList();
  }

  @Test
  void anArchiveOfClassesThatDoesNotFitIsIgnoredInSilence() throws Exception {
    Path archive = Files.createDirectories(folder.resolve("lib")).resolve("unmask.jsa");
    try {
      Files.writeString(archive, "broken");
      assertThat(run(Map.of(), "--version")).isEqualTo(new Ended(0, "unmask 0.1.0\n", ""));
      Files.delete(archive);
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      var other = new ProcessBuilder(java, "-XX:ArchiveClassesAtExit=" + archive, "-version");
      assertThat(other.redirectErrorStream(true).start().waitFor()).isZero();
      assertThat(archive).exists();
      assertThat(run(Map.of(), "--version")).isEqualTo(new Ended(0, "unmask 0.1.0\n", ""));
    } finally {
      Files.deleteIfExists(archive);
    }
  }

  @Test
  void whyTheJvmDoesNotStartIsSaidToo() throws Exception {
    Process script = script(Map.of("JDK_JAVA_OPTIONS", "-XX:Nonsense"), "--version").start();
    assertThat(script.waitFor()).isEqualTo(1);
    // The filter may live a little longer than the JVM.
    script.descendants().forEach(filter -> filter.onExit().join());
    while (!Files.readString(folder.resolve("err")).contains("Nonsense")) {
      Thread.onSpinWait();
    }
  }

  @Test
  void theScriptBecomesTheProgramSoThatSignalsReachIt() throws Exception {
    Process server = script(Map.of(), "serve", "sentences", "--port", "0").start();
    try {
      String command = "";
      while (!command.endsWith("java")) {
        command = server.info().command().orElseThrow();
      }
    } finally {
      server.destroy();
    }
    assertThat(server.waitFor()).isEqualTo(128 + 15);
  }

  private Ended run(Map<String, String> environment, String... arguments) throws Exception {
    Process script = script(environment, arguments).start();
    int code = script.waitFor();
    return new Ended(
        code, Files.readString(folder.resolve("out")), Files.readString(folder.resolve("err")));
  }

  private ProcessBuilder script(Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(folder.resolve("bin/unmask").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().putAll(environment);
    builder.redirectOutput(folder.resolve("out").toFile());
    builder.redirectError(folder.resolve("err").toFile());
    return builder;
  }
}
