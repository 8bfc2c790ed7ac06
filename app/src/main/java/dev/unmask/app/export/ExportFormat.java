package dev.unmask.app.export;

import dev.unmask.engine.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an export is written as; told by how its name ends. */
public enum ExportFormat {
  /** A folder with a PNG a frame. */
  FOLDER(""),
  /** One frame: the last, unless a step is chosen. */
  PNG(".png"),
  /** The same as shapes and text. */
  SVG(".svg"),
  /** The same for paper. */
  PDF(".pdf"),
  /** An animation in PNG. */
  APNG(".apng"),
  /** An animation in 256 colours. */
  GIF(".gif"),
  /** A page that plays, scrubs and steps. */
  HTML(".html"),
  /** A VP9 video. */
  WEBM(".webm"),
  /** An H.264 video. */
  MP4(".mp4");

  private final String ending;

  ExportFormat(String ending) {
    this.ending = ending;
  }

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
    return Arrays.stream(values())
        .filter(format -> format.ending.equals(ending))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "%s ends in no format that is known; let it end in %s, or in nothing for a folder of pictures."
                        .formatted(out, endings())));
  }

  private static String endings() {
    return Arrays.stream(values())
        .filter(format -> format != FOLDER)
        .map(ExportFormat::ending)
        .collect(Collectors.joining(", "));
  }

  /**
   * Sees to it that settings can be written so.
   *
   * @throws InputException if they cannot
   */
  void check(ExportSettings settings) {
    if (this == MP4 && settings.theme() == ExportTheme.TRANSPARENT) {
      throw new InputException("An .mp4 cannot be transparent; choose .webm, or another theme.");
    }
  }

  /** With its dot; empty for a folder. */
  public String ending() {
    return ending;
  }

  /** Whether it shows one step. */
  public boolean still() {
    return this == PNG || this == SVG || this == PDF;
  }
}
