package dev.unmask.app.window;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.unmask.app.controls.Appearance;
import dev.unmask.app.session.Breakpoints;
import dev.unmask.app.session.SettingsFile;
import dev.unmask.engine.run.Breakpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is kept of the window from one start to the next.
 *
 * @param width of the window, likewise the height
 * @param textSize of its usual size
 * @param toured whether the tour was offered
 * @param opened traces, the latest first
 * @param breakpoints in the order of their list
 * @param columns the columns at the sides
 * @param shown what was looked at last
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
    List<Breakpoints.Kept> breakpoints,
    Columns columns,
    Shown shown) {
  /** Of the very first start. */
  public static final WindowState FIRST =
      new WindowState(
          1280,
          800,
          false,
          true,
          1,
          false,
          0.42,
          false,
          List.of(),
          List.of(),
          Columns.FIRST,
          Shown.NOTHING);

  /** An older file holds less. */
  public WindowState {
    breakpoints = breakpoints == null ? List.of() : List.copyOf(breakpoints);
    columns = columns == null ? Columns.FIRST : columns;
    shown = shown == null ? Shown.NOTHING : shown;
  }

  /**
   * The columns at the sides.
   *
   * @param panel what the left one shows
   * @param folded whether it is folded away
   * @param width of the left one, in pixels
   * @param inspector how wide the right one is, in pixels
   */
  public record Columns(SideColumns.Panel panel, boolean folded, double width, double inspector) {
    /** Of the very first start. */
    static final Columns FIRST = new Columns(SideColumns.Panel.RUN, false, 272, 312);

    private boolean sound() {
      return panel != null && width >= 1 && inspector >= 1;
    }
  }

  /**
   * What was looked at last.
   *
   * @param trace its file; empty for none
   * @param step where its playhead was
   */
  public record Shown(String trace, int step) {
    /** Nothing. */
    static final Shown NOTHING = new Shown("", 0);

    /** The file, if it is still there. */
    Optional<Path> file() {
      return Optional.of(trace)
          .filter(name -> !name.isEmpty())
          .map(Path::of)
          .filter(Files::isRegularFile);
    }
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
            && opened != null
            && columns.sound()
            && shown.trace != null
            && shown.step >= 0;
    if (!sound) {
      throw new IllegalArgumentException("no window is like " + this);
    }
    opened.forEach(Path::of);
    Path.of(shown.trace);
    breakpoints.forEach(kept -> Breakpoint.of(kept.text()));
    return this;
  }

  /** Keeps it. */
  void write(Path file, Consumer<String> told) {
    settings(file, told).write(this);
  }
}
