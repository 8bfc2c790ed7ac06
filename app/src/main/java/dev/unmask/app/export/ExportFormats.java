package dev.unmask.app.export;

import dev.unmask.engine.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** All formats of exports; told by how a name ends. */
public final class ExportFormats {
  /** In the order in which they are listed. */
  public static final List<ExportFormat> ALL =
      List.of(
          PngFolder.FORMAT,
          PictureFile.FORMAT,
          VectorFile.SVG,
          VectorFile.PDF,
          AnimatedPng.FORMAT,
          AnimatedGif.FORMAT,
          Html.FORMAT,
          Video.WEBM,
          Video.MP4);

  private ExportFormats() {}

  /**
   * Of a file, or of a folder, which has no ending or is there already.
   *
   * @throws InputException if there is no such format
   */
  public static ExportFormat of(Path out) {
    String name = out.getFileName() == null ? "" : out.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String ending =
        dot <= 0 || Files.isDirectory(out) ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
    return ALL.stream()
        .filter(format -> format.ending().equals(ending))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "%s ends in no format that is known; let it end in %s, or in nothing for a folder of pictures."
                        .formatted(out, endings())));
  }

  private static String endings() {
    return ALL.stream()
        .map(ExportFormat::ending)
        .filter(ending -> !ending.isEmpty())
        .collect(Collectors.joining(", "));
  }
}
