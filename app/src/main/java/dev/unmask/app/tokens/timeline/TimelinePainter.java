package dev.unmask.app.tokens.timeline;

import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.Figures;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Layers;
import dev.unmask.app.picture.Painter;
import dev.unmask.app.picture.Status;
import dev.unmask.app.theme.Lettering;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.theme.Typeface;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Locale;

/**
 * Paints positions × steps: the life lines, over them the playhead, and the counts at this step,
 * which the window has in a header of its own.
 */
public final class TimelinePainter implements Painter {
  private static final Lettering FIGURE = new Lettering(Typeface.SANS_STRONG, 11.5);

  @Override
  public void paint(Graphics2D g, Frame frame, Theme theme) {
    new LivesPainter().paint(g, frame, theme);
    over(g, frame, theme);
  }

  @Override
  public Layers<Frame> layers(List<Frame> frames) {
    return TimelineLayout.isSame(frames)
        ? new Layers<>(new LivesPainter(), TimelinePainter::over)
        : Layers.moving(this);
  }

  private static void over(Graphics2D g, Frame frame, Theme theme) {
    new PlayheadPainter().paint(g, frame, theme);
    counts(g, frame, frame.moment().figures(), theme);
  }

  private static void counts(Graphics2D g, Frame frame, Figures figures, Theme theme) {
    double least = figures.leastConfidence();
    double x = frame.width() - Card.PADDING;
    x =
        count(
            g, theme, x, "NFE ", Status.evaluations(frame.history().moment(frame.step()).state()));
    x =
        count(
            g,
            theme,
            x,
            "min confidence ",
            Double.isNaN(least) ? "–" : String.format(Locale.ROOT, "%.2f", least));
    count(g, theme, x, "masks left ", Integer.toString(figures.masks()));
  }

  private static double count(
      Graphics2D g, Theme theme, double right, String words, String figure) {
    double y = Card.PADDING + 11;
    g.setColor(theme.foreground());
    FIGURE.drawRight(g, figure, right, y);
    double middle = right - FIGURE.width(figure);
    g.setColor(theme.muted());
    Card.NOTE.drawRight(g, words, middle, y);
    return middle - Card.NOTE.width(words) - 14;
  }
}
