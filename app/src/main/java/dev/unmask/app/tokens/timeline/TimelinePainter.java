package dev.unmask.app.tokens.timeline;

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
}
