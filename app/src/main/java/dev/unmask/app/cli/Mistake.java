package dev.unmask.app.cli;

import dev.unmask.engine.InputException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a command line cannot mean, in the program's own sentences. */
final class Mistake {
  private Mistake() {}

  static String sentence(ParameterException e) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    return switch (e) {
      case UnmatchedArgumentException unmatched ->
          unmatched(command, unmatched.getUnmatched().getFirst());
      case MissingParameterException missing when missing.getMissing().isEmpty() ->
          e.getMessage() + ".";
      case MissingParameterException missing -> missing(command, missing);
      default -> e.getCause() instanceof InputException input ? input.getMessage() : wrong(e);
    };
  }

  /**
   * Checks that what has one value is given once.
   *
   * @throws ParameterException naming the first option that is given again
   */
  static void checkOnce(ParseResult parsed) {
    for (ParseResult at = parsed; at != null; at = at.subcommand()) {
      for (OptionSpec option : at.commandSpec().options()) {
        long times = at.originalArgs().stream().filter(given -> names(given, option)).count();
        if (times > 1 && !option.isMultiValue()) {
          String sentence = twice(option.longestName());
          CommandLine line = at.commandSpec().commandLine();
          throw new ParameterException(line, sentence, new InputException(sentence), option, null);
        }
      }
    }
  }

  private static boolean names(String given, OptionSpec option) {
    return Arrays.stream(option.names())
        .anyMatch(name -> given.equals(name) || given.startsWith(name + "="));
  }

  /** Of what is given once and was given again. */
  static String twice(String name) {
    return "%s is given twice; give it once.".formatted(name);
  }

  private static String unmatched(CommandSpec command, String given) {
    if (given.startsWith("-")) {
      return "%s has no option '%s'; see its --help.".formatted(command.qualifiedName(), given);
    }
    if (command.positionalParameters().isEmpty() && !command.subcommands().isEmpty()) {
      return "There is no command '%s'; there are %s."
          .formatted(given, String.join(", ", command.subcommands().keySet()));
    }
    String taken =
        command.positionalParameters().stream()
            .map(PositionalParamSpec::paramLabel)
            .collect(Collectors.joining(" and "));
    return "%s takes %s and no '%s'; leave it out, or put quotes around what belongs together."
        .formatted(command.qualifiedName(), taken.isEmpty() ? "options alone" : taken, given);
  }

  private static String missing(CommandSpec command, MissingParameterException e) {
    List<ArgSpec> missing = e.getMissing();
    if (e.getMessage().contains(" for option ") || e.getMessage().startsWith("Expected ")) {
      ArgSpec option = missing.getFirst();
      return "%s is given no value; write it as %1$s %s."
          .formatted(name(option), option.paramLabel());
    }
    return "%s needs %s; see its --help."
        .formatted(
            command.qualifiedName(),
            missing.stream().map(Mistake::usage).collect(Collectors.joining(" and ")));
  }

  private static String usage(ArgSpec spec) {
    return spec.isOption() ? name(spec) + " " + spec.paramLabel() : spec.paramLabel();
  }

  private static String name(ArgSpec spec) {
    return spec instanceof OptionSpec option ? option.longestName() : spec.paramLabel();
  }

  private static String wrong(ParameterException e) {
    ArgSpec spec = e.getArgSpec();
    return spec == null || e.getValue() == null
        ? e.getMessage() + "."
        : "%s is '%s'; give %s.".formatted(name(spec), e.getValue(), wanted(spec, e));
  }

  private static String wanted(ArgSpec spec, ParameterException e) {
    Class<?> type = spec.auxiliaryTypes()[0];
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
    }
    if (type == boolean.class || type == Boolean.class) {
      return "it without a value";
    }
    return e.getCause() instanceof TypeConversionException conversion
        ? conversion.getMessage()
        : "another";
  }
}
