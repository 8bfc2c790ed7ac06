package dev.unmask.app.cli;

import dev.unmask.app.debugger.Pair;
import dev.unmask.engine.convert.Conversion;
import dev.unmask.engine.trace.Comparison;
import dev.unmask.engine.trace.Divergence;
import dev.unmask.engine.trace.StoredTrace;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Where two traces part. */
@Command(
    name = "compare",
    description = {
      "Compares two traces of the same length.",
      "The last line is 'identical', or 'first divergence:' and where that is; the steps are counted"
          + " from 0, the start, and so are the positions."
    })
final class CompareCommand implements Callable<Integer> {
  @Parameters(paramLabel = "A", description = "A recorded run.")
  private Path left;

  @Parameters(paramLabel = "B", description = "Another.")
  private Path right;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try (StoredTrace a = Conversion.open(left);
        StoredTrace b = Conversion.open(right)) {
      PrintWriter out = spec.commandLine().getOut();
      Comparison comparison = new Comparison(a, b);
      out.println("A: " + Pair.words(a));
      out.println("B: " + Pair.words(b));
      int[] byStep = comparison.differencesByStep();
      for (int step = 0; step < byStep.length; step++) {
        if (byStep[step] > 0) {
          out.printf("step %d: %d tokens differ%n", step, byStep[step]);
        }
      }
      out.printf(
          "final texts: %d of %d tokens differ%n",
          comparison.differing(a.steps(), b.steps()).length, a.header().length());
      out.println(
          comparison
              .first()
              .map(Divergence::words)
              .map("first divergence: "::concat)
              .orElse("identical"));
      out.flush();
    }
    return 0;
  }
}
