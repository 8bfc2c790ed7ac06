package dev.unmask.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.cli.Unmask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is exported of traces that an earlier version wrote, byte for byte: every view in every
 * format and on every theme, and every map. Another JDK, or another system, paints letters a little
 * otherwise; there only the golden pictures hold. Videos are left out, since FFmpeg's threads are
 * the machine's.
 */
class ExportBytesTest {
  private static final Path WRITTEN = Inventory.FOLDER.resolve("written");
  private static final String MADE_BY = "exports/made-by.txt";

  @TempDir private Path folder;

  @Test
  void everyFormatViewThemeAndMapOfTokensIsPaintedTheSame() {
    List<String> commands = new ArrayList<>();
    for (String view : words("--view", "STRIP")) {
      String with = view.equals("COMPARISON") ? " --with branch" : "";
      String plain = "absorbing " + "%s --view " + view + with;
      for (String theme : words("--theme")) {
        for (String format : List.of(".png", ".svg", ".pdf")) {
          commands.add((plain + " --theme " + theme).formatted(format));
        }
      }
      for (String format : moving()) {
        commands.add((plain + " --to 3").formatted(format));
      }
      for (String map : words("--map", "STATE")) {
        commands.add((plain + " --map " + map).formatted(".png"));
      }
    }
    for (String trace :
        List.of("uniform", "block", "cached", "branch", "own", "corruption", "stopped.part")) {
      commands.add(trace + " .svg");
      commands.add(trace + " .apng --map CONFIDENCE");
    }
    check("exports/tokens.txt", commands);
  }

  @Test
  void everyFormatViewAndThemeOfImagesIsPaintedTheSame() {
    List<String> commands = new ArrayList<>();
    for (String view : List.of("BOTH", "CANVAS", "STRIP")) {
      String plain = "images " + "%s --view " + view;
      for (String theme : words("--theme")) {
        for (String format : List.of(".png", ".svg", ".pdf")) {
          commands.add((plain + " --theme " + theme).formatted(format));
        }
      }
      for (String format : moving()) {
        commands.add((plain + " --to 3").formatted(format));
      }
    }
    commands.add("image-corruption .apng");
    commands.add("stopped-images.part .apng");
    check("exports/images.txt", commands);
  }

  /** The formats that move, a folder among them, as the program lists them. */
  private static List<String> moving() {
    String said = Inventory.Call.of("export", "a", "a.none").said();
    List<String> moving = new ArrayList<>(List.of(""));
    Matcher format = Pattern.compile("\\.[a-z0-9]+\\b").matcher(said.substring(said.indexOf(';')));
    while (format.find()) {
      moving.add(format.group());
    }
    assertThat(moving).contains(".gif", ".apng", ".html");
    moving.removeAll(List.of(".png", ".svg", ".pdf", ".webm", ".mp4"));
    return moving;
  }

  /** What an option can be, but for some words. */
  private static List<String> words(String option, String... without) {
    return Arrays.stream(
            Unmask.commandLine()
                .getSubcommands()
                .get("export")
                .getCommandSpec()
                .findOption(option)
                .typeInfo()
                .getEnumConstantNames()
                .toArray(String[]::new))
        .filter(word -> !List.of(without).contains(word))
        .toList();
  }

  private void check(String list, List<String> commands) {
    String here =
        "%s on %s".formatted(System.getProperty("java.vm.version"), System.getProperty("os.name"));
    if (Inventory.WRITING) {
      Inventory.check(ExportBytesTest.class, MADE_BY, List.of(here));
    }
    Assumptions.assumeTrue(
        Inventory.lines(MADE_BY).equals(List.of(here)),
        () -> "exports were written down by another JDK or on another system than " + here);
    Inventory.check(
        ExportBytesTest.class,
        list,
        commands.stream().map(command -> command + ": " + export(command)).toList());
  }

  /** The hash of the export and of the settings beside it. */
  private String export(String command) {
    String[] words = command.split(" ", 3);
    Path out = folder.resolve("out" + words[1]);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--home",
                folder.resolve("home").toString(),
                "export",
                trace(words[0]),
                out.toString(),
                "--size",
                "320x180@0.5"));
    Stream.of(words)
        .skip(2)
        .flatMap(options -> Stream.of(options.split(" ")))
        .map(word -> word.equals("branch") ? trace(word) : word)
        .forEach(arguments::add);
    Inventory.run(arguments.toArray(String[]::new));
    return Stream.of(out, folder.resolve(out.getFileName() + ".unmask-export.json"))
        .filter(Files::exists)
        .map(ExportBytesTest::hash)
        .collect(Collectors.joining(" "));
  }

  private static String trace(String name) {
    String part = name.endsWith(".part") ? ".part" : "";
    String stem = name.substring(0, name.length() - part.length());
    return WRITTEN.resolve(stem + ".trace.safetensors" + part).toString();
  }

  /** Of a file; of a folder, of all its files by their names. */
  private static String hash(Path path) {
    try (Stream<Path> files = Files.walk(path)) {
      String hashes =
          files
              .filter(Files::isRegularFile)
              .sorted()
              .map(file -> path.relativize(file) + " " + Inventory.sha256(bytes(file)))
              .collect(Collectors.joining("\n"));
      return Files.isDirectory(path)
          ? Inventory.sha256(hashes.getBytes(StandardCharsets.UTF_8))
          : Inventory.sha256(bytes(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
