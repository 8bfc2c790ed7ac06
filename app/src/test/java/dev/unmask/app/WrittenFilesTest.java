package dev.unmask.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.session.KeptFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an earlier version wrote opens, and says what it said. */
class WrittenFilesTest {
  private static final Path WRITTEN = Inventory.FOLDER.resolve("written");
  private static final String TRACE = ".trace.safetensors";
  private static final String SAMPLER = WRITTEN.resolve("MySampler.java").toString();

  @TempDir private Path folder;

  @Test
  void tracesOfTokensAreOpenedAndSaidInWords() {
    List<String> commands = new ArrayList<>();
    for (String name :
        List.of("absorbing", "uniform", "block", "cached", "branch", "own", "corruption")) {
      commands.add("compare WRITTEN/NAME WRITTEN/NAME --no-bound".replace("NAME", name + TRACE));
    }
    commands.add(
        "compare WRITTEN/stopped%1$s.part WRITTEN/stopped%1$s.part --no-bound".formatted(TRACE));
    commands.add("compare WRITTEN/absorbing%1$s WRITTEN/branch%1$s".formatted(TRACE));
    commands.add("compare WRITTEN/uniform%1$s WRITTEN/branch%1$s".formatted(TRACE));
    commands.add("compare WRITTEN/absorbing%1$s WRITTEN/own%1$s".formatted(TRACE));
    check("tokens.txt", commands);
  }

  @Test
  void tracesAreRepeatedBranchedAndDenoised() {
    List<String> commands = new ArrayList<>();
    for (String name : List.of("absorbing", "uniform", "branch", "own")) {
      commands.add("verify WRITTEN/" + name + TRACE);
    }
    commands.add("branch WRITTEN/absorbing%s --at 3 --force 4=#10".formatted(TRACE));
    commands.add("branch WRITTEN/branch%s --at 3 --pin 4=#10".formatted(TRACE));
    commands.add("run --quiet --seed 2 --from WRITTEN/corruption" + TRACE);
    commands.add("corrupt --image WRITTEN/images%s --model PAIR --t 0.2".formatted(TRACE));
    commands.add(
        "corrupt --image WRITTEN/stopped-images%s.part --model PAIR --t 0.2".formatted(TRACE));
    check("repeated.txt", commands);
  }

  @Test
  void imagesThatWereCorruptedAreDenoised() throws IOException {
    Path trace = folder.resolve("back");
    String from = WRITTEN.resolve("image-corruption" + TRACE).toString();
    Inventory.run("image", "--model", pair(), "--from", from, "--trace", trace.toString());
    assertThat(Files.size(trace)).isPositive();
  }

  @Test
  void theSettingsOfAnExportMakeTheSameExport() throws IOException {
    Path out = folder.resolve("story.gif");
    String settings = "story.gif.unmask-export.json";
    Inventory.run(
        "export",
        WRITTEN.resolve("absorbing" + TRACE).toString(),
        out.toString(),
        "--like",
        WRITTEN.resolve(settings).toString());
    assertThat(folder.resolve(settings)).hasSameTextualContentAs(WRITTEN.resolve(settings));
  }

  @Test
  void whatTheWindowKeptIsRead() throws IOException {
    Path home = WRITTEN.resolve("home");
    Path allowed = folder.resolve("samplers.json");
    Files.writeString(
        allowed,
        Files.readString(home.resolve("samplers.json"))
            .replace("WRITTEN", WRITTEN.toAbsolutePath().toString().replace('\\', '/')));
    List<String> said = new ArrayList<>();
    Stream.of(
            KeptFiles.readWindow(home.resolve("window.json")),
            KeptFiles.readNames(
                home.resolve("runs/names.json"),
                Path.of("/runs/absorbing.trace.safetensors"),
                Path.of("/runs/uniform.trace.safetensors"),
                Path.of("/runs/block.trace.safetensors")),
            KeptFiles.readBookmarks(WRITTEN.resolve("absorbing" + TRACE + ".bookmarks.json")))
        .flatMap(String::lines)
        .forEach(said::add);
    assertThat(KeptFiles.allows(allowed, SAMPLER)).isTrue();
    Inventory.check(WrittenFilesTest.class, "written/said/home.txt", said);
  }

  /** Does what commands say, and compares all that the program says then. */
  private void check(String list, List<String> commands) {
    List<String> said = new ArrayList<>();
    for (String command : commands) {
      Path home = folder.resolve("home");
      String[] arguments =
          Stream.concat(Stream.of("--home", home.toString()), Arrays.stream(command.split(" ")))
              .map(argument -> argument.replace("PAIR", pair()))
              .map(argument -> argument.replace("WRITTEN", WRITTEN.toString()))
              .toArray(String[]::new);
      Inventory.Call call = Inventory.Call.of(arguments);
      said.add("> " + command + ": " + call.code());
      call.said()
          .replace(WRITTEN.toString(), "WRITTEN")
          .lines()
          .filter(line -> !line.isBlank())
          .forEach(said::add);
    }
    Inventory.check(WrittenFilesTest.class, "written/said/" + list, said);
  }

  private static String pair() {
    return Inventory.FOLDER.resolve("pair").toString();
  }
}
