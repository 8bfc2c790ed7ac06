package dev.unmask.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.cli.Unmask;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;

/**
 * What the program does, written down among the test resources, so that it can be moved, renamed
 * and rewritten and goes on doing it. With {@code -Dinventory.write=true} tests write down what is
 * done now instead of comparing.
 */
final class Inventory {
  /** Where it is written down; tests run in the module's folder. */
  static final Path FOLDER = Path.of("src/test/resources/inventory");

  static final boolean WRITING = Boolean.getBoolean("inventory.write");

  private static final String HOW =
      "%s holds what was; if it is to change, write it anew by mvn -pl app -am test -Dtest=%s"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dinventory.write=true and say why in the commit";

  private Inventory() {}

  /** Compares with what a file says, or writes the file. */
  static void check(Class<?> test, String file, String now) {
    Path path = FOLDER.resolve(file);
    try {
      if (WRITING) {
        Files.createDirectories(path.getParent());
        Files.writeString(path, now);
      }
      assertThat(now)
          .as(HOW, path, test.getSimpleName())
          .isEqualTo(Files.exists(path) ? Files.readString(path) : "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of a file, without those that are empty or begin with #. */
  static List<String> lines(String file) {
    try {
      return Files.readAllLines(FOLDER.resolve(file)).stream()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compares line by line with what a file says, or writes the file. */
  static void check(Class<?> test, String file, List<String> now) {
    if (WRITING) {
      check(test, file, now.stream().map(line -> line + "\n").collect(Collectors.joining()));
    }
    assertThat(now)
        .as(HOW, FOLDER.resolve(file), test.getSimpleName())
        .containsExactlyElementsOf(lines(file));
  }

  /** In hexadecimal. */
  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * What the program did when it was called so.
   *
   * @param said on the terminal, errors among it
   */
  record Call(int code, String said) {
    static Call of(String... arguments) {
      var said = new StringWriter();
      CommandLine line = Unmask.commandLine();
      line.setOut(new PrintWriter(said, true));
      line.setErr(new PrintWriter(said, true));
      return new Call(line.execute(arguments), said.toString());
    }
  }

  /** What the program says when it is called so; it must end well. */
  static String run(String... arguments) {
    Call call = Call.of(arguments);
    assertThat(call.code()).as("%s: %s", String.join(" ", arguments), call.said()).isZero();
    return call.said();
  }
}
