package dev.unmask.app.cli;

import dev.unmask.app.export.FrameFiles;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.theme.Theme;
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
    name = "frames",
    description =
        "Paints a trace: one numbered PNG for the start and one a step; needs no display.")
final class FramesCommand implements Callable<Integer> {
  static final int WIDTH = 1280;
  static final int HEIGHT = 720;

  enum Shade {
    DARK,
    LIGHT
  }

  @Parameters(paramLabel = "TRACE", description = "A recorded run, or the .part of a stopped one.")
  private Path file;

  @Parameters(paramLabel = "FOLDER", description = "Where the pictures go; made if missing.")
  private Path folder;

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

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try (StoredTrace trace = TraceFile.open(file)) {
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
      Frame frame = Frame.of(trace, size.width(), size.height());
      int written = new FrameFiles(folder, stem, theme).write(frame);
      spec.commandLine().getOut().printf("%d frames in %s%n", written, folder);
    }
    return 0;
  }
}
