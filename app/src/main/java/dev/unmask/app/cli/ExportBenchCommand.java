package dev.unmask.app.cli;

import dev.unmask.app.Stopwatch;
import dev.unmask.app.TemporaryFolder;
import dev.unmask.app.export.Export;
import dev.unmask.app.export.ExportFormat;
import dev.unmask.app.export.ExportFormats;
import dev.unmask.app.export.ExportProgress;
import dev.unmask.app.export.ExportSettings;
import dev.unmask.app.export.ExportView;
import dev.unmask.app.export.PictureSize;
import dev.unmask.app.export.TraceSource;
import dev.unmask.app.picture.History;
import dev.unmask.engine.InputException;
import dev.unmask.engine.trace.TraceKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how fast a large trace is exported. */
@Command(
    name = "export",
    description = {
      "Exports a trace of random tokens in every format that moves, and prints frames a second.",
      "The processor's time stands beside: where other programs run too, it tells more.",
      "An encoder that is a program of its own, as for videos, is not in it."
    },
    showDefaultValues = true)
final class ExportBenchCommand implements Callable<Integer> {
  @Option(
      names = "--tokens",
      converter = OptionValues.Size.class,
      paramLabel = "N",
      description = "Positions of the trace.")
  private int tokens = 256;

  @Option(
      names = "--frames",
      converter = OptionValues.Size.class,
      paramLabel = "N",
      description = "Frames, one a step.")
  private int frames = 120;

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      converter = ExportOptions.SizeConverter.class,
      description = "As for export.")
  private PictureSize size = ExportSettings.DEFAULT.size();

  @Option(names = "--view", paramLabel = "VIEW", description = "${COMPLETION-CANDIDATES}.")
  private ExportView view = ExportSettings.DEFAULT.view();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (frames < 2) {
      throw new InputException(
          "The trace would have %d frame; give --frames of at least 2.".formatted(frames));
    }
    try (var folder = new TemporaryFolder("unmask-bench")) {
      Path file = new LargeTrace(tokens, frames - 1).write(folder.path());
      try (var trace = TraceKind.TOKENS.open(file)) {
        measure(History.of(trace), folder.path());
      }
    } catch (IOException e) {
      throw new InputException(
          "The exports to measure with cannot be written (%s); make room for temporary files."
              .formatted(e.getMessage()),
          e);
    }
    return 0;
  }

  private void measure(History history, Path folder) {
    PrintWriter out = spec.commandLine().getOut();
    var export = new Export(history, new TraceSource("bench", ""), settings());
    export.write(folder.resolve("warm-up.gif"), false, ExportProgress.NONE);
    out.println("format   frames a second   processor, s   elapsed, s");
    List<ExportFormat> moving =
        ExportFormats.ALL.stream().filter(format -> !format.still()).toList();
    for (ExportFormat format : moving) {
      Stopwatch watch = Stopwatch.started();
      export.write(folder.resolve("bench" + format.ending()), false, ExportProgress.NONE);
      double elapsed = watch.elapsed();
      double used = watch.busy();
      String ending = format.ending();
      String name = ending.isEmpty() ? "png" : ending.substring(1);
      out.printf(Locale.ROOT, "%-8s %15.1f %14.2f %12.2f%n", name, frames / elapsed, used, elapsed);
      out.flush();
    }
  }

  private ExportSettings settings() {
    ExportSettings usual = ExportSettings.DEFAULT;
    return new ExportSettings(
        view,
        usual.map(),
        usual.theme(),
        size,
        usual.from(),
        usual.to(),
        usual.pace(),
        usual.fps(),
        usual.hold(),
        usual.easing(),
        usual.title(),
        usual.caption(),
        usual.legend());
  }
}
