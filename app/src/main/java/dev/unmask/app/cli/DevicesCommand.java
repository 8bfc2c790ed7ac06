package dev.unmask.app.cli;

import dev.unmask.engine.tensor.Accelerator;
import dev.unmask.engine.tensor.OpenBlas;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells what computes. */
@Command(
    name = "devices",
    description = {
      "Tells where models are computed, and by which of OpenBLAS's kernels the processor multiplies.",
      "The environment variable OPENBLAS_CORETYPE (Prescott, Haswell, Zen, SkylakeX) takes others."
    })
final class DevicesCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    out.println(Accelerator.probe().notice().orElse("Models are computed on the CPU."));
    OpenBlas.Core core = OpenBlas.core();
    out.printf("OpenBLAS multiplies by its %s kernels: %s.%n", core.name(), core.reason());
    out.flush();
  }
}
