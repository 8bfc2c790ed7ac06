package dev.unmask.app.cli;

import dev.unmask.app.Assets;
import dev.unmask.app.compare.RunPair;
import dev.unmask.app.session.FinalBound;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.convert.Conversion;
import dev.unmask.engine.trace.Divergence;
import dev.unmask.engine.trace.StoredTrace;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceComparison;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Where two traces part. */
@Command(
    name = "compare",
    description = {
      "Compares two traces: steps, NFE, and the bound on the negative log-likelihood"
          + " of the final text under the model, if that is a bundled one.",
      "The last line is 'identical', or 'first divergence:' and where that is; the steps are"
          + " counted from 0, the start, and so are the positions."
    })
final class CompareCommand implements Callable<Integer> {
  @Parameters(paramLabel = "A", description = "A recorded run.")
  private Path left;

  @Parameters(paramLabel = "B", description = "Another.")
  private Path right;

  @Option(names = "--no-bound", description = "Leaves out the bound, which needs the model.")
  private boolean unscored;

  @Mixin private SamplerConsent consent;

  @Mixin private DeviceOption device;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try (var a = Conversion.open(left);
        StoredTrace<TokenState, TokenRecord> b = Conversion.open(right)) {
      consent.settle(a);
      consent.settle(b);
      PrintWriter out = spec.commandLine().getOut();
      TraceComparison comparison = new TraceComparison(a, b);
      out.println("A: " + RunPair.words(a) + bound(a));
      out.println("B: " + RunPair.words(b) + bound(b));
      int[] byStep = comparison.differencesByStep();
      for (int step = 0; step < byStep.length; step++) {
        if (byStep[step] > 0) {
          out.printf("step %d: %d tokens differ%n", step, byStep[step]);
        }
      }
      out.printf(
          "final texts: %d of %d tokens differ%n",
          comparison.differing(a.steps(), b.steps()).length, comparison.length());
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

  private String bound(Trace<TokenState, TokenRecord> trace) {
    return unscored
        ? ""
        : new FinalBound(new ModelFolders(Assets.models()))
            .of(trace)
            .map(bound -> ", bound " + bound)
            .orElse("");
  }
}
