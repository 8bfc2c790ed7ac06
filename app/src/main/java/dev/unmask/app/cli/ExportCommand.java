package dev.unmask.app.cli;

import dev.unmask.app.compare.Alignment;
import dev.unmask.app.compare.RunPair;
import dev.unmask.app.export.Export;
import dev.unmask.app.export.ExportFormat;
import dev.unmask.app.export.ExportFormats;
import dev.unmask.app.export.ExportSettings;
import dev.unmask.app.export.ExportSubject;
import dev.unmask.app.export.TraceSource;
import dev.unmask.app.picture.History;
import dev.unmask.engine.convert.Conversion;
import dev.unmask.engine.trace.TraceKind;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
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
      "OUT's ending says what is written; see below. What does not move shows the last frame.",
      "Beside it stands OUT.unmask-export.json, which says what is shown when; with --like it makes"
          + " the same again."
    },
    modelTransformer = ExportCommand.FormatsListed.class)
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
    ExportSettings settings = options.settings(ExportFormats.of(out));
    if (TraceKind.IMAGES.is(file)) {
      try (var trace = TraceKind.IMAGES.open(file)) {
        write(ExportSubject.images(trace, settings));
      }
      return 0;
    }
    if (TraceKind.TRAININGS.is(file)) {
      try (var trace = TraceKind.TRAININGS.open(file)) {
        write(ExportSubject.training(trace, settings));
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
      int frames =
          export.write(
              out,
              resume,
              (done, all) -> {
                progress.done(done, all);
                if (progress.cancelled()) {
                  Thread.currentThread().interrupt();
                }
              });
      progress.clear();
      spec.commandLine().getOut().printf("%d frames in %s%n", frames, out);
    }
  }

  /** The formats as a table of the README. */
  static String table() {
    return ExportFormats.ALL.stream()
        .map(ExportCommand::row)
        .collect(
            Collectors.joining(
                "",
                """
                | ending | what | of |
                | --- | --- | --- |
                """,
                ""));
  }

  private static String row(ExportFormat format) {
    return "| %s | %s | %s |\n"
        .formatted(
            format.ending().isEmpty() ? "none" : "`%s`".formatted(format.ending()),
            format.description(),
            format.still()
                ? "the last step, or `--step`; in the window the step that is shown"
                : "all steps");
  }

  /** Says below the help of the command which formats there are. */
  static final class FormatsListed implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec spec) {
      spec.usageMessage().footerHeading("%nOUT's ending:%n");
      spec.usageMessage()
          .footer(ExportFormats.ALL.stream().map(FormatsListed::line).toArray(String[]::new));
      return spec;
    }

    private static String line(ExportFormat format) {
      String ending = format.ending().isEmpty() ? "none" : format.ending();
      return "  %-7s%s".formatted(ending, format.description());
    }
  }
}
