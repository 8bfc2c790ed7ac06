package dev.unmask.app.cli;

import dev.unmask.app.compare.Alignment;
import dev.unmask.app.compare.RunPair;
import dev.unmask.app.export.Export;
import dev.unmask.app.export.ExportFormat;
import dev.unmask.app.export.ExportSettings;
import dev.unmask.app.export.ExportSubject;
import dev.unmask.app.export.TraceSource;
import dev.unmask.app.picture.History;
import dev.unmask.engine.convert.Conversion;
import dev.unmask.engine.trace.TraceKind;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Exports a trace's frames. */
@Command(
    name = "export",
    aliases = "frames",
    description = {
      "Paints a trace, one frame for the start and one a step; needs no display.",
      "The format follows OUT's ending: .gif, .apng and .html move, .png shows the last frame, and"
          + " without an ending OUT is a folder with a PNG a frame.",
      "Beside it stands OUT.unmask-export.json, which says what is shown when; with --like it makes"
          + " the same again."
    })
final class ExportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TRACE", description = "A recorded run, or the .part of a stopped one.")
  private Path file;

  @Parameters(paramLabel = "OUT", description = "A file, or a folder that is made if missing.")
  private Path out;

  @Mixin private ExportOptions options;

  @Mixin private SamplerConsent consent;

  @Option(
      names = "--with",
      paramLabel = "TRACE",
      description = "Another run, for the view comparison.")
  private Path with;

  @Option(
      names = "--resume",
      description = "Keep what was written with the same settings before, and write the rest.")
  private boolean resume;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    ExportFormat.of(out);
    ExportSettings settings = options.settings();
    if (TraceKind.IMAGES.is(file)) {
      try (var trace = TraceKind.IMAGES.open(file)) {
        write(ExportSubject.images(trace, settings));
      }
      return 0;
    }
    try (var trace = Conversion.open(file)) {
      History history = consent.history(file, trace);
      if (with == null) {
        write(ExportSubject.tokens(history, settings, Optional.empty()));
      } else {
        try (var other = Conversion.open(with)) {
          RunPair pair = RunPair.of(history, consent.history(with, other), Alignment.STEP);
          write(ExportSubject.tokens(history, settings, Optional.of(pair)));
        }
      }
    }
    return 0;
  }

  private void write(ExportSubject<?> subject) {
    var export = new Export(subject, TraceSource.of(file));
    try (var progress = ProgressLine.on(spec.commandLine().getErr())) {
      int frames = export.write(out, resume, progress);
      progress.clear();
      spec.commandLine().getOut().printf("%d frames in %s%n", frames, out);
    }
  }
}
