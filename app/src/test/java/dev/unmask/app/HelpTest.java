package dev.unmask.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.cli.Unmask;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

/** What the help says of every command, word for word. */
class HelpTest {
  private static final String FOLDER = "help/";

  @TestFactory
  Stream<DynamicTest> theHelpOfEveryCommandIsAsItWas() {
    return commands().entrySet().stream()
        .map(
            command ->
                DynamicTest.dynamicTest(
                    command.getKey(),
                    () ->
                        Inventory.check(
                            HelpTest.class,
                            FOLDER + command.getKey() + ".txt",
                            help(command.getValue()))));
  }

  @Test
  void noCommandIsGone() throws IOException {
    try (var files = Files.list(Inventory.FOLDER.resolve(FOLDER))) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".txt", "")))
          .as("commands in %s that the program has no more", Inventory.FOLDER.resolve(FOLDER))
          .isSubsetOf(commands().keySet());
    }
  }

  /** All of them by their names, with subcommands of subcommands. */
  private static Map<String, CommandLine> commands() {
    Map<String, CommandLine> commands = new TreeMap<>();
    add(Unmask.commandLine(), commands);
    return commands;
  }

  private static void add(CommandLine command, Map<String, CommandLine> commands) {
    commands.put(command.getCommandSpec().qualifiedName("-"), command);
    command.getSubcommands().values().forEach(sub -> add(sub, commands));
  }

  /** How many threads there are is the machine's. */
  private static String help(CommandLine command) {
    return command
        .getUsageMessage(CommandLine.Help.Ansi.OFF)
        .replaceAll("(?m)(^ +--threads=N\\R?(?: .*\\R){1,3}? +Default: )\\d+$", "$1THREADS");
  }
}
