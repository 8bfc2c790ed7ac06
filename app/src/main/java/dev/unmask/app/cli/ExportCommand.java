package dev.unmask.app.cli;

import dev.unmask.app.export.Content;
import dev.unmask.app.export.Export;
import dev.unmask.app.picture.Colouring;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.View;
import dev.unmask.app.theme.Theme;
import dev.unmask.engine.convert.Conversion;
import dev.unmask.engine.trace.StoredTrace;
import dev.unmask.engine.trace.TraceFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Exports a trace's frames. */
@Command(
    name = "export",
    aliases = "frames",
    description =
        "Paints a trace, one frame for the start and one a step; needs no display. The format"
            + " follows OUT's ending: .apng, .png for the last frame, none for a folder of PNGs.")
final class ExportCommand implements Callable<Integer> {
  static final int WIDTH = 1280;
  static final int HEIGHT = 720;

  enum Shade {
    DARK,
    LIGHT
  }

  @Parameters(paramLabel = "TRACE", description = "A recorded run, or the .part of a stopped one.")
  private Path file;

  @Parameters(paramLabel = "OUT", description = "A file, or a folder that is made if missing.")
  private Path out;

  @Option(
      names = "--size",
      paramLabel = "WxH",
      defaultValue = WIDTH + "x" + HEIGHT,
      converter = PictureSize.Converter.class,
      description = "In pixels (default ${DEFAULT-VALUE}).")
  private PictureSize size;

  @Option(
      names = "--theme",
      paramLabel = "THEME",
      defaultValue = "dark",
      description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
  private Shade shade;

  @Option(
      names = "--view",
      paramLabel = "VIEW",
      defaultValue = "both",
      description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
  private Content content;

  @Option(
      names = "--map",
      paramLabel = "MAP",
      defaultValue = "state",
      description = "What colours tell: ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
  private Colouring map;

  @Option(names = "--from", paramLabel = "A", defaultValue = "0", description = "First step.")
  private int from;

  @Option(
      names = "--to",
      paramLabel = "B",
      defaultValue = "-1",
      description = "Last step (default: the trace's last).")
  private int to;

  @Option(
      names = "--fps",
      paramLabel = "F",
      defaultValue = "4",
      description = "Frames a second (default ${DEFAULT-VALUE}).")
  private double fps;

  @Option(
      names = "--hold",
      paramLabel = "S",
      defaultValue = "0",
      description = "Seconds that the first and the last frame stay longer.")
  private double hold;

  @Option(names = "--resume", description = "Keep the pictures that are in the folder already.")
  private boolean resume;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try (StoredTrace trace = Conversion.open(file)) {
      String name = file.getFileName().toString();
      String stem =
          name.endsWith(TraceFile.EXTENSION)
              ? name.substring(0, name.length() - TraceFile.EXTENSION.length())
              : name;
      Theme theme =
          switch (shade) {
            case DARK -> Theme.DARK;
            case LIGHT -> Theme.LIGHT;
          };
      Frame frame = Frame.of(trace, size.width(), size.height()).viewed(View.WHOLE.in(map));
      int written = new Export(frame, content, theme, from, to, fps, hold).write(out, stem, resume);
      spec.commandLine().getOut().printf("%d frames in %s%n", written, out);
    }
    return 0;
  }
}
