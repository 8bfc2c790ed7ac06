package dev.unmask.app.cli;

import dev.unmask.engine.tensor.Accelerator;
import dev.unmask.engine.tensor.Kernels;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells what computes. */
@Command(
    name = "devices",
    description =
        "Tells where models are computed, by which version of the program's kernels, and in"
            + " registers how wide.")
final class DevicesCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    out.println(Accelerator.probe().notice().orElse("Models are computed on the CPU."));
    Kernels kernels = Kernels.here();
    out.printf(
        "On the CPU the program's own kernels compute, %s, in registers of %d bits; their results"
            + " have the same bits everywhere.%n",
        kernels.name(), kernels.registerBits());
    out.flush();
  }
}
