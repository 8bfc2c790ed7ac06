package dev.unmask.app.corruption;

import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.CurvePlot;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Moment;
import dev.unmask.app.picture.Painter;
import dev.unmask.app.theme.Theme;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.Optional;

/**
 * Paints the last text of a run as its noise leaves it at the t of the playhead, above the curve of
 * α: the forward process beside the reverse one.
 */
public final class CorruptionCardPainter implements Painter {
  private static final double TEXT = 11;
  private static final double PLOT = 44;

  private Moment known;
  private Optional<RunNoise> noise = Optional.empty();

  @Override
  public void paint(Graphics2D g, Frame frame, Theme theme) {
    g.setColor(theme.panel());
    g.fillRect(0, 0, frame.width(), frame.height());
    noise(frame).ifPresent(found -> paint(g, found.at(frame), frame, theme));
  }

  /** Moving the playhead changes nothing of it, so it is worked out once for each last text. */
  private synchronized Optional<RunNoise> noise(Frame frame) {
    if (frame.last() != known) {
      noise = RunNoise.of(frame);
      known = frame.last();
    }
    return noise;
  }

  private static void paint(Graphics2D g, NoisedRun noised, Frame frame, Theme theme) {
    double room = frame.height() - PLOT - 14;
    var shape = g.getClip();
    g.clip(new Rectangle2D.Double(0, 0, frame.width(), room));
    WordFlow.of(noised.words(), TEXT, 0, 2, frame.width()).paint(g, theme, frame.selection());
    g.setClip(shape);
    var area = new Rectangle2D.Double(1, room + 8, frame.width() - 2.0, PLOT);
    var plot = new CurvePlot(g, theme, area);
    plot.axes();
    plot.curve(noised.alpha(), theme.ink(Theme.SKY_BLUE), share -> share);
    plot.cursor(noised.time());
    g.setColor(theme.muted());
    Card.NOTE.drawRight(g, "α(t), share untouched", frame.width() - 2.0, room + 16);
  }
}
