package dev.unmask.app.cli;

import dev.unmask.engine.checkpoint.MemoryEstimate;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.corruption.Denoising;
import dev.unmask.engine.run.Breakpoint;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TraceKind;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A run in the terminal. */
@Command(
    name = "run",
    description = "Runs a sampler in the terminal and prints the final text last.",
    showDefaultValues = true)
final class RunCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Mixin private DeviceOption device;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "Records the run; until it ends, its steps are in FILE.part.")
  private Path trace;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = {
        "Starts from what `unmask corrupt --trace FILE` left of a text or of images, at its t, and",
        "compares; by a sampler for its noise if --sampler does not name one."
      })
  private Path from;

  @Option(names = "--quiet", description = "Prints the final text alone.")
  private boolean quiet;

  @Option(
      names = "--break",
      paramLabel = "EXPR",
      description = {
        "Stops where that happens, as in: commit where confidence < 0.3 and position > 20;",
        "may be given again."
      })
  private List<String> breaks = new ArrayList<>();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (from != null && TraceKind.IMAGES.is(from)) {
      var output =
          new ImageOutput(
              Optional.ofNullable(trace), Optional.empty(), out, spec.commandLine().getErr());
      options.ofImages().back(from, output);
      return 0;
    }
    var recording = new TraceOutput(Optional.ofNullable(trace), spec.commandLine().getErr());
    List<Breakpoint> breakpoints = breaks.stream().map(Breakpoint::of).toList();
    if (!quiet) {
      PrintWriter err = spec.commandLine().getErr();
      options.demand().map(MemoryEstimate::sentence).ifPresent(err::println);
      err.flush();
    }
    Optional<Denoising> back = Optional.ofNullable(from).map(RunCommand::corruption);
    try (Model model = back.map(options::open).orElseGet(options::open)) {
      TokenRun run =
          back.map(denoising -> options.start(model, denoising))
              .orElseGet(() -> options.start(model));
      if (!breakpoints.isEmpty()) {
        recording.of(run, recorder -> stop(run, breakpoints, recorder));
      } else if (quiet) {
        recording.of(run, run::finish);
      } else {
        var player = TerminalPlayer.on(spec.commandLine().getErr());
        recording.of(run, recorder -> player.play(run, recorder));
      }
      if (!quiet) {
        back.ifPresent(denoising -> out.print(summary(denoising, run, model)));
      }
      out.print(model.tokenizer().decode(run.state().tokens()));
      out.println();
      out.flush();
    }
    return 0;
  }

  private static Denoising corruption(Path file) {
    try (var recorded = TraceKind.TOKENS.open(file)) {
      return Denoising.from(recorded);
    }
  }

  private static String summary(Denoising denoising, TokenRun run, Model model) {
    return "original: %s%n%s%n"
        .formatted(
            model.tokenizer().decode(denoising.original()).strip(),
            denoising.restored(run.state().tokens()).sentence());
  }

  /** Goes on to the first hit, says where that is, and leaves it at that. */
  private void stop(TokenRun run, List<Breakpoint> breakpoints, Consumer<TokenRecord> recorder) {
    while (!run.finished()) {
      recorder.accept(run.step());
      for (Breakpoint breakpoint : breakpoints) {
        Optional<Breakpoint.Hit> hit = breakpoint.hit(run.moment());
        if (hit.isPresent()) {
          PrintWriter out = spec.commandLine().getOut();
          out.printf("stopped at step %d: %s%n", hit.get().step(), hit.get().sentence());
          return;
        }
      }
    }
  }
}
