package dev.unmask.app.export;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.theme.Theme;
import dev.unmask.engine.InputException;
import java.awt.image.BufferedImage;

/**
 * A stretch of a trace as it is exported.
 *
 * @param frame any frame of the trace, of the size and in the view wanted
 * @param from the first playhead, from 0
 * @param to the last playhead, at most the number of steps
 * @param fps frames a second
 * @param hold seconds for which the first and the last frame stay longer
 */
record Clip(
    Frame frame, FramePainter painter, Theme theme, int from, int to, double fps, double hold) {
  Clip {
    if (from < 0 || to > frame.recorded() || from > to) {
      throw new InputException(
          "The trace has no steps %d to %d; choose a range within 0 to %d."
              .formatted(from, to, frame.recorded()));
    }
    if (!(fps >= 0.1 && fps <= 100)) {
      throw new InputException("The frame rate is %s; choose one of 0.1 to 100.".formatted(fps));
    }
    if (!(hold >= 0 && hold <= 50)) {
      throw new InputException("The hold is %s s; choose one of 0 to 50.".formatted(hold));
    }
  }

  /** How many frames there are. */
  int frames() {
    return to - from + 1;
  }

  /** The picture at a playhead. */
  BufferedImage picture(int step) {
    return painter.picture(frame.at(step), theme);
  }

  /** How long a playhead is shown, in milliseconds. */
  int milliseconds(int step) {
    double held = step == from || step == to ? hold : 0;
    return (int) Math.round(1000 * (1 / fps + held));
  }
}
