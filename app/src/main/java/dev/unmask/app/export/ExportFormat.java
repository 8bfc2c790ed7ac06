package dev.unmask.app.export;

import dev.unmask.engine.InputException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What an export is written as: how its name ends, what it is, which settings it takes, and how it
 * is written. All there are stand in {@link ExportFormats}.
 */
public abstract class ExportFormat {
  private final String ending;
  private final String description;

  /**
   * A format.
   *
   * @param ending of its names, with the dot; empty for a folder
   * @param description what it is, in a few words
   */
  ExportFormat(String ending, String description) {
    this.ending = ending;
    this.description = description;
  }

  /** How its names end, with the dot; empty for a folder. */
  public final String ending() {
    return ending;
  }

  /** What it is, in a few words. */
  public final String description() {
    return description;
  }

  /** As a list of formats calls it. */
  String words() {
    return ending.substring(1).toUpperCase(Locale.ROOT);
  }

  /** A place that names this format, whose ending may be missing. */
  Path named(Path place) {
    String name = place.getFileName().toString();
    boolean named = name.toLowerCase(Locale.ROOT).endsWith(ending);
    return named ? place : place.resolveSibling(name + ending);
  }

  /** Whether it shows one step. */
  public boolean still() {
    return false;
  }

  /** How large a picture of it is, for people. */
  String extent(PictureSize size) {
    return "%d × %d pixels".formatted(size.width(), size.height());
  }

  /** How many pictures of a clip are written: one for each shot, however long it stays. */
  int pictures(Clip clip) {
    return clip.shots().size();
  }

  /**
   * Sees to it that settings can be written so.
   *
   * @throws InputException if they cannot
   */
  void check(ExportSettings settings) {}

  /**
   * Where the manifest of an export stands: beside it, if nothing else is said.
   *
   * @param name of the trace
   */
  Path manifest(Path out, String name) {
    return out.resolveSibling(out.getFileName() + ExportSettings.EXTENSION);
  }

  /**
   * Writes an export and its manifest.
   *
   * @param kept whether what the same export left there before is kept
   * @throws InputException if it cannot be written; nothing unfinished is left
   * @throws java.util.concurrent.CancellationException if the thread is interrupted; likewise
   */
  abstract void write(
      Export export, Path out, Manifest manifest, boolean kept, ExportProgress progress);
}
