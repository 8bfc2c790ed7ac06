package dev.unmask.app.window;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.unmask.app.controls.Appearance;
import dev.unmask.app.session.Breakpoints;
import dev.unmask.app.session.SettingsFile;
import dev.unmask.engine.run.Breakpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

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

  /** The smallest that a window is kept. */
  static final double LEAST = 200;

  /** As it was kept; where nothing sound was, that of the first start. */
  public static WindowState read(Path file, Consumer<String> told) {
    return settings(file, told).read(WindowState::checked).orElse(FIRST);
  }

  private static SettingsFile<WindowState> settings(Path file, Consumer<String> told) {
    return new SettingsFile<>(file, new TypeReference<>() {}, told);
  }

  private WindowState checked() {
    boolean sound =
        width >= LEAST
            && height >= LEAST
            && Appearance.TEXT_SIZES.contains(textSize)
            && canvasShare > 0
            && canvasShare < 1
            && opened != null;
    if (!sound) {
      throw new IllegalArgumentException("no window is like " + this);
    }
    opened.forEach(Path::of);
    breakpoints.forEach(kept -> Breakpoint.of(kept.text()));
    return this;
  }

  /** Keeps it. */
  void write(Path file, Consumer<String> told) {
    settings(file, told).write(this);
  }
}
