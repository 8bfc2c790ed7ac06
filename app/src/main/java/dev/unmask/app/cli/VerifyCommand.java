package dev.unmask.app.cli;

import dev.unmask.app.Assets;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.reference.Outcome;
import dev.unmask.engine.reference.Verification;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Repeats recordings. */
@Command(
    name = "verify",
    description = {
      "Repeats traces and recordings of reference implementations, and says of each whether the"
          + " same comes out.",
      "Exits with 0 if all are equal, with 1 if some are not, with 2 if a path cannot be read."
    })
final class VerifyCommand implements Callable<Integer> {
  private static final int NOT_EQUAL = 1;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|FOLDER",
      description = "Of a folder, every trace and every .json but *.config.json.")
  private List<Path> paths;

  @Mixin private SamplerConsent consent;

  @Mixin private DeviceOption device;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    int threads = Runtime.getRuntime().availableProcessors();
    var verification = new Verification(new ModelFolders(Assets.models()), threads, consent);
    List<Path> cases = paths.stream().map(VerifyCommand::cases).flatMap(List::stream).toList();
    List<Outcome> outcomes = new ArrayList<>();
    for (Path file : cases) {
      for (Outcome outcome : verification.outcomes(file)) {
        outcomes.add(outcome);
        out.println(outcome.line());
        out.flush();
      }
    }
    long equal = outcomes.stream().filter(Outcome.Equal.class::isInstance).count();
    out.printf("%d of %d equal%n", equal, outcomes.size());
    if (outcomes.stream().anyMatch(Outcome.Unreadable.class::isInstance)) {
      return Unmask.MISTAKE;
    }
    return equal == outcomes.size() ? 0 : NOT_EQUAL;
  }

  private static List<Path> cases(Path path) {
    List<Path> cases = Verification.cases(path);
    if (cases.isEmpty()) {
      throw new InputException(
          path + " holds neither a trace nor a recording; give a folder that does, or a file.");
    }
    return cases;
  }
}
