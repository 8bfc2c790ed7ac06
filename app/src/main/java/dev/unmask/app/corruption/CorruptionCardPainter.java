package dev.unmask.app.corruption;

import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.CurvePlot;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Painter;
import dev.unmask.app.picture.StepView;
import dev.unmask.app.theme.Theme;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Paints the last text of a run as its noise leaves it at the t of the playhead, above the curve of
 * α: the forward process beside the reverse one.
 */
public final class CorruptionCardPainter implements Painter {
  private static final double TEXT = 11;
  private static final double SMALLEST = 8;
  private static final double PLOT = 44;

  private final double text;
  private final double smallest;
  private final double plot;
  private StepView known;
  private Optional<RunNoise> noise = Optional.empty();

  /** As small as beside a run. */
  public CorruptionCardPainter() {
    this(TEXT, SMALLEST, PLOT);
  }

  /**
   * Larger.
   *
   * @param text the words' em at most, in pixels
   * @param smallest their em at least, where they need more room
   * @param plot the curve's height
   */
  CorruptionCardPainter(double text, double smallest, double plot) {
    this.text = text;
    this.smallest = smallest;
    this.plot = plot;
  }

  @Override
  public void paint(Graphics2D g, Frame frame, Theme theme) {
    g.setColor(theme.panel());
    g.fillRect(0, 0, frame.width(), frame.height());
    OptionalDouble time = frame.time();
    if (time.isPresent()) {
      noise(frame).ifPresent(found -> paint(g, found.at(time.getAsDouble()), frame, theme));
    } else {
      g.setColor(theme.muted());
      Card.NOTE.draw(g, "This trace tells no t, so there is no noise of it.", 1, TEXT + 4);
    }
  }

  /** Moving the playhead changes nothing of it, so it is worked out once for each last text. */
  private synchronized Optional<RunNoise> noise(Frame frame) {
    if (frame.last() != known) {
      noise = RunNoise.of(frame);
      known = frame.last();
    }
    return noise;
  }

  private WordFlow fitting(NoisedRun noised, double width, double room) {
    WordFlow flow = WordFlow.of(noised.words(), text, 0, 2, width);
    for (double size = text - 1; flow.bottom() > room && size >= smallest; size--) {
      flow = WordFlow.of(noised.words(), size, 0, 2, width);
    }
    return flow;
  }

  private void paint(Graphics2D g, NoisedRun noised, Frame frame, Theme theme) {
    double room = frame.height() - plot - 14;
    var shape = g.getClip();
    g.clip(new Rectangle2D.Double(0, 0, frame.width(), room));
    fitting(noised, frame.width(), room).paint(g, theme, frame.selection());
    g.setClip(shape);
    var area = new Rectangle2D.Double(1, room + 8, frame.width() - 2.0, plot);
    var curves = new CurvePlot(g, theme, area);
    curves.axes();
    curves.curve(noised.alpha(), theme.ink(Theme.SKY_BLUE), share -> share);
    curves.cursor(noised.time());
    g.setColor(theme.muted());
    Card.NOTE.drawRight(g, "α(t), share untouched", frame.width() - 2.0, room + 16);
  }
}
