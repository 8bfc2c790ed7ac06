package dev.unmask.app.cli;

import dev.unmask.engine.InputException;
import dev.unmask.engine.check.Check;
import dev.unmask.engine.check.Checks;
import dev.unmask.engine.check.Findings;
import dev.unmask.engine.convert.Conversion;
import dev.unmask.engine.run.Replay;
import dev.unmask.engine.trace.TraceKind;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What is wrong with recorded runs. */
@Command(
    name = "check",
    description = {
      "Looks in recorded runs for what goes wrong again and again, and says of each finding the"
          + " step and what it is.",
      "Exits with 0 if nothing is found, with 1 if something is, with 2 if a path cannot be read."
    },
    showDefaultValues = true)
final class CheckCommand implements Callable<Integer> {
  private static final int FOUND = 1;

  @Parameters(
      arity = "1..*",
      paramLabel = "TRACE",
      description =
          "A trace of tokens or images, the .part of a run that was stopped, or what unmask convert"
              + " reads of other tools.")
  private List<Path> files;

  @Option(
      names = "--most",
      converter = OptionValues.FromZero.class,
      paramLabel = "N",
      description = "How many findings of one kind are printed; of more, how many there are.")
  private int most = 10;

  @Mixin private SamplerConsent consent;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    boolean found = false;
    List<String> unreadable = new ArrayList<>();
    for (Path file : files) {
      try {
        Findings findings = findings(file);
        tell(file, findings);
        found |= !findings.all().isEmpty();
      } catch (InputException e) {
        // The others are looked at all the same.
        unreadable.add(e.getMessage());
      }
    }
    if (!unreadable.isEmpty()) {
      throw new InputException(String.join(" ", unreadable));
    }
    return found ? FOUND : 0;
  }

  private Findings findings(Path file) {
    if (TraceKind.IMAGES.is(file)) {
      try (var trace = TraceKind.IMAGES.open(file)) {
        return Findings.ofImages(trace);
      }
    }
    try (var trace = Conversion.open(file)) {
      Replay replay = Replay.of(trace, consent);
      replay.refusal().ifPresent(refusal -> consent.tellUnchecked(file, refusal));
      return replay.checkup().upTo(trace.steps());
    }
  }

  private void tell(Path file, Findings findings) {
    PrintWriter out = spec.commandLine().getOut();
    if (files.size() > 1) {
      out.println(file + ":");
    }
    findings.lines(most).forEach(out::println);
    out.printf("%d findings in %d steps%n", findings.all().size(), findings.steps());
    out.flush();
  }

  /** The checks as a table for the README, which a test compares. */
  static String table() {
    return Checks.ALL.stream()
        .map(CheckCommand::row)
        .collect(
            Collectors.joining(
                "",
                """
                | check | what it looks for | when it cannot tell |
                | --- | --- | --- |
                """,
                ""));
  }

  private static String row(Check check) {
    return "| `%s` | %s | %s |\n".formatted(check.name(), check.looksFor(), check.limits());
  }
}
