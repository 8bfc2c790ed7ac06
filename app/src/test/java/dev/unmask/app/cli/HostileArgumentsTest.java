package dev.unmask.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Every option of every command is given what it cannot mean. */
class HostileArgumentsTest {
  /** Moves the cursor, rings, turns the direction of writing, and goes on in another line. */
  private static final String OBEYED = "a\u001b[2J\u0007\u202e\u2066b\u009b31m\u007f\nc\rd";

  private static final List<String> VALUES =
      List.of("abc", "-1", "99999999999", "2147483647", "NaN", "", OBEYED);

  /**
   * What makes each command end before it starts on anything, whatever its options say. Others take
   * options alone, so anything else ends them.
   */
  private static final Map<String, List<String>> ENDING =
      Map.ofEntries(
          Map.entry("open", List.of("nope")),
          Map.entry("run", List.of("--model", "nope")),
          Map.entry("image", List.of("--model", "nope")),
          Map.entry("corrupt", List.of("a", "--model", "nope")),
          Map.entry("models", List.of("nope")),
          Map.entry("families", List.of("--data", "nope")),
          Map.entry("verify", List.of("nope")),
          Map.entry("check", List.of("nope")),
          Map.entry("compare", List.of("nope", "nope")),
          Map.entry("branch", List.of("nope", "--at", "1")),
          Map.entry("export", List.of("nope", "nope.gif")),
          Map.entry("convert", List.of("nope", "nope")),
          Map.entry("bench", List.of("llada", "nope")),
          Map.entry("bench image", List.of("--model", "nope")),
          Map.entry("bench peers", List.of("nope")),
          Map.entry("evaluate", List.of("nope", "nope")),
          Map.entry("serve", List.of("nope")),
          Map.entry("tokenizer", List.of("nope", "nope")),
          Map.entry(
              "train", List.of("--data", "nope", "--tokenizer", "nope", "--out", "nope/nope")));

  private static final CommandLine LINE = Unmask.commandLine();

  @TempDir private Path folder;

  static Stream<String> commands() {
    return LINE.getSubcommands().values().stream()
        .distinct()
        .flatMap(
            command ->
                Stream.concat(Stream.of(command), command.getSubcommands().values().stream()))
        .map(command -> command.getCommandSpec().qualifiedName().substring("unmask ".length()));
  }

  private static List<OptionSpec> options(String command) {
    CommandLine line = LINE;
    for (String name : command.split(" ")) {
      line = line.getSubcommands().get(name);
    }
    return line.getCommandSpec().options().stream()
        .filter(option -> !option.usageHelp() && !option.versionHelp())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void whateverAnOptionIsGivenIsToldInOneSentence(String command) {
    for (OptionSpec option : options(command)) {
      for (String value : VALUES) {
        List<String> line = line(command, option);
        line.add(option.longestName() + "=" + value);
        String said = refused(line);
        if (Number.class.isAssignableFrom(boxed(option)) && !value.matches("-?\\d+")) {
          assertThat(said).startsWith(option.longestName() + " is '").contains("; give ");
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void whatIsGivenOnceAndIsGivenTwiceIsNamed(String command) {
    for (OptionSpec option : options(command)) {
      if (option.isMultiValue()) {
        continue;
      }
      List<String> line =
          ENDING.containsKey(command)
              ? line(command, option)
              : new ArrayList<>(List.of(command.split(" ")));
      String value = boxed(option) == Boolean.class ? "" : "=" + usual(option);
      line.add(option.longestName() + value);
      line.add(option.longestName() + value);
      assertThat(refused(line)).isEqualTo(option.longestName() + " is given twice; give it once.");
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void whateverElseIsGivenIsToldInOneSentence(String command) {
    List<String> line = line(command, null);
    line.replaceAll(argument -> argument.startsWith("nope") ? OBEYED : argument);
    refused(line);
    line.addAll(List.of("more", "and more", OBEYED));
    refused(line);
    refused(new ArrayList<>(List.of((command + " --nope").split(" "))));
  }

  /** A command that ends, without an option that is given otherwise. */
  private List<String> line(String command, OptionSpec but) {
    List<String> line = new ArrayList<>(List.of(command.split(" ")));
    List<String> ending = ENDING.getOrDefault(command, List.of("nope"));
    for (int i = 0; i < ending.size(); i++) {
      if (but != null && ending.get(i).equals(but.longestName())) {
        i++;
      } else {
        String given = ending.get(i);
        line.add(given.startsWith("nope") ? folder.resolve(given).toString() : given);
      }
    }
    return line;
  }

  private static Class<?> boxed(OptionSpec option) {
    Class<?> type = option.auxiliaryTypes()[0];
    if (type == boolean.class) {
      return Boolean.class;
    }
    return type == int.class || type == long.class || type == double.class ? Number.class : type;
  }

  private static String usual(OptionSpec option) {
    Class<?> type = boxed(option);
    if (type.isEnum()) {
      return type.getEnumConstants()[0].toString();
    }
    return Number.class.isAssignableFrom(type) ? "1" : "640x360";
  }

  private String refused(List<String> line) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        LINE.setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(line.toArray(String[]::new));
    assertThat(code).as("%s: %s", line, err).isEqualTo(Unmask.MISTAKE);
    assertThat(err.toString() + out).doesNotContainPattern("[\\p{Cc}\u202e\u2066&&[^\n]]");
    List<String> said = err.toString().lines().filter(told -> !told.startsWith("Try '")).toList();
    assertThat(said)
        .as("%s", line)
        .singleElement()
        .asString()
        .endsWith(".")
        .doesNotContain("Exception", "dev.unmask", "java.", "at index", "not an int", "null")
        .doesNotContain("Could not convert");
    assertThat(folder).isEmptyDirectory();
    return said.getFirst();
  }
}
