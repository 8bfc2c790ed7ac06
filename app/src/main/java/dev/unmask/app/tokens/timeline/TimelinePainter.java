package dev.unmask.app.tokens.timeline;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Layers;
import dev.unmask.app.picture.Painter;
import dev.unmask.app.theme.Theme;
import java.awt.Graphics2D;
import java.util.List;

/** Paints positions × steps: the life lines, and over them the playhead. */
public final class TimelinePainter implements Painter {
  @Override
  public void paint(Graphics2D g, Frame frame, Theme theme) {
    new LivesPainter().paint(g, frame, theme);
    new PlayheadPainter().paint(g, frame, theme);
  }

  @Override
  public Layers<Frame> layers(List<Frame> frames) {
    return TimelineLayout.isSame(frames)
        ? new Layers<>(new LivesPainter(), new PlayheadPainter())
        : Layers.moving(this);
  }
}
