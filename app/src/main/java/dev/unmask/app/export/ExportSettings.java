package dev.unmask.app.export;

import dev.unmask.app.picture.Colouring;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.View;
import dev.unmask.engine.InputException;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * All that decides what an export of a trace looks like: with it and the trace it can be made
 * again.
 *
 * @param from the first step, from 0
 * @param to the last step; the trace's last if absent
 * @param pace steps a frame; below 1, a step lasts for several frames
 * @param fps frames a second
 * @param hold seconds for which the first and the last frame stay longer
 * @param title above the picture; empty for none
 * @param caption below it; empty for none
 * @param legend whether it is told what the colours mean
 */
public record ExportSettings(
    ExportView view,
    Colouring map,
    ExportTheme theme,
    PictureSize size,
    int from,
    OptionalInt to,
    double pace,
    double fps,
    double hold,
    Easing easing,
    String title,
    String caption,
    boolean legend) {
  /** What the names of files end with that stand beside an export and hold its settings. */
  public static final String EXTENSION = ".unmask-export.json";

  /** What is not said otherwise. */
  public static final ExportSettings DEFAULT =
      new ExportSettings(
          ExportView.BOTH,
          Colouring.STATE,
          ExportTheme.DARK,
          PictureSize.PRESETS.get("720p"),
          0,
          OptionalInt.empty(),
          1,
          4,
          0,
          Easing.NONE,
          "",
          "",
          true);

  public ExportSettings {
    if (from < 0 || to.isPresent() && to.getAsInt() < from) {
      throw new InputException(
          "The steps %d to %s are no range; choose a first one of at least 0 and a last one not before it."
              .formatted(from, to.isPresent() ? to.getAsInt() : "the last"));
    }
    within("frame rate", fps, 0.1, 100);
    within("hold", hold, 0, 50);
    within("number of steps a frame", pace, 0.01, 10_000);
  }

  /**
   * Those of an earlier export, from the manifest beside it.
   *
   * @throws InputException if it cannot be believed
   */
  public static ExportSettings read(Path manifest) {
    return SettingsJson.read(manifest);
  }

  /** The same of one step alone. */
  public ExportSettings only(int step) {
    return new ExportSettings(
        view,
        map,
        theme,
        size,
        step,
        OptionalInt.of(step),
        pace,
        fps,
        hold,
        easing,
        title,
        caption,
        legend);
  }

  /** A frame as it is exported, whatever is selected and looked at in a window. */
  Frame frame(Frame frame) {
    return Frame.of(frame.history(), frame.step())
        .sized(size.units(), size.unitsHigh())
        .viewed(View.WHOLE.in(map).printed(size.print()));
  }

  private static void within(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new InputException(
          "The %s is %s; choose one of %s to %s.".formatted(name, value, least, most));
    }
  }
}
