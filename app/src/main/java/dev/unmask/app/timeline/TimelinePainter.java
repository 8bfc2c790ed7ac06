package dev.unmask.app.timeline;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Painter;
import dev.unmask.app.theme.Theme;
import java.awt.Graphics2D;

/** Paints positions × steps: the life lines, and over them the playhead. */
public final class TimelinePainter implements Painter {
  @Override
  public void paint(Graphics2D g, Frame frame, Theme theme) {
    new LivesPainter().paint(g, frame, theme);
    new PlayheadPainter().paint(g, frame, theme);
  }

  /** The step that is painted nearest to x, in the range of the trace. */
  public static int stepAt(Frame frame, double x) {
    return Math.min(TimelineLayout.of(frame).stepAt(x), frame.trace().steps());
  }

  /** The position whose row is painted at y, −1 if there is none. */
  public static int positionAt(Frame frame, double y) {
    return TimelineLayout.of(frame).positionAt(y);
  }
}
