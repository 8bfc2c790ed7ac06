package dev.unmask.app.cli;

import dev.unmask.app.peers.Machine;
import dev.unmask.engine.tensor.Accelerator;
import dev.unmask.engine.tensor.Device;
import dev.unmask.engine.tensor.GraphicsCard;
import dev.unmask.engine.tensor.Kernels;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells what computes. */
@Command(
    name = "devices",
    description = {
      "Tells what there is to compute on, the processor and an NVIDIA card, which of them language",
      "models are computed on, and why. A core's peak is measured, which takes a moment."
    })
final class DevicesCommand implements Runnable {
  private static final double GIGABYTE = 1e9;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    out.println("Processor: %s.".formatted(Machine.now().words()));
    Kernels kernels = Kernels.here();
    out.println(
        "  The program's own kernels compute there, %s, in registers of %d bits; their results have the same bits everywhere."
            .formatted(kernels.name(), kernels.registerBits()));
    out.println(
        "  A core's peak is %.0f GFLOP/s, as just measured.".formatted(2 * Kernels.peak() / 1e9));
    out.println("Graphics card: %s.".formatted(words(GraphicsCard.probe())));
    out.println(choice());
    out.flush();
  }

  private static String words(GraphicsCard card) {
    return switch (card) {
      case GraphicsCard.Absent absent -> "none, " + absent.words();
      case GraphicsCard.Nvidia nvidia ->
          nvidia.words()
              + nvidia.free().stream()
                  .mapToObj(
                      free -> String.format(Locale.ROOT, "; %.1f GB are free", free / GIGABYTE))
                  .collect(Collectors.joining());
    };
  }

  private static String choice() {
    String card = Accelerator.of(Device.CUDA).notice().orElseThrow();
    return switch (Device.asked()) {
      case CPU ->
          "Chosen: the CPU, for no card was asked for.%nWith --device cuda: %s".formatted(card);
      case CUDA -> "Chosen, for a card was asked for: " + card;
    };
  }
}
