package dev.unmask.app.workbench;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What is kept of the window from one start to the next.
 *
 * @param width of the window, likewise the height
 * @param textSize of its usual size
 * @param toured whether the tour was offered
 * @param opened traces, the latest first
 * @param breakpoints in the order of their list
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record WindowState(
    double width,
    double height,
    boolean maximized,
    boolean dark,
    double textSize,
    boolean reducedMotion,
    double canvasShare,
    boolean toured,
    List<String> opened,
    List<Breakpoints.Kept> breakpoints) {
  /** Of the very first start. */
  public static final WindowState FIRST =
      new WindowState(1280, 800, false, true, 1, false, 0.42, false, List.of(), List.of());

  /** An older file holds no breakpoints. */
  public WindowState {
    breakpoints = breakpoints == null ? List.of() : List.copyOf(breakpoints);
  }

  private static final System.Logger LOG = System.getLogger(WindowState.class.getName());
  private static final JsonMapper JSON = new JsonMapper();

  /** As it was kept; where nothing sound was, that of the first start. */
  static WindowState read(Path file) {
    if (!Files.isRegularFile(file)) {
      return FIRST;
    }
    try {
      return JSON.readValue(Files.readString(file), WindowState.class).sound();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, file + " holds no state of a window", e);
      return FIRST;
    }
  }

  private WindowState sound() {
    boolean sound =
        width >= 200
            && height >= 200
            && Appearance.TEXT_SIZES.contains(textSize)
            && canvasShare > 0
            && canvasShare < 1
            && opened != null;
    return sound ? this : FIRST;
  }

  /** Keeps it. */
  void write(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the state of the window cannot be kept", e);
    }
  }
}
