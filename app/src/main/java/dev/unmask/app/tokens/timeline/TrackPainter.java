package dev.unmask.app.tokens.timeline;

import dev.unmask.app.picture.Figures;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Painter;
import dev.unmask.app.picture.StepView;
import dev.unmask.app.theme.Theme;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;

/**
 * Paints a run as one line: up the tokens that each step committed, down those that it took back or
 * replaced.
 */
public final class TrackPainter implements Painter {
  private static final int EDGE = 6;

  @Override
  public void paint(Graphics2D g, Frame frame, Theme theme) {
    g.setColor(theme.panel());
    g.fillRect(0, 0, frame.width(), frame.height());
    int base = (int) Math.round(frame.height() * 0.68);
    g.setColor(theme.line());
    g.fillRect(EDGE, base, Math.max(0, frame.width() - 2 * EDGE), 1);
    double most = 1;
    for (StepView moment : frame.moments()) {
      Figures figures = moment.figures();
      most = Math.max(most, Math.max(figures.committed(), figures.remasked() + figures.edited()));
    }
    double width = Math.clamp((x(frame, 1) - x(frame, 0)) * 0.6, 1, 7);
    for (StepView moment : frame.moments()) {
      Figures figures = moment.figures();
      double x = x(frame, moment.step()) - width / 2;
      double up = height(figures.committed() / most * (base - 3));
      bar(g, Theme.ORANGE, x, base - up, width, up);
      double room = frame.height() - base - 2;
      double back = height(figures.remasked() / most * room);
      bar(g, Theme.VERMILLION, x, base + 1, width, back);
      double edits = height(figures.edited() / most * room);
      bar(g, Theme.PURPLE, x, base + 1 + back, width, Math.min(edits, room - back));
    }
  }

  private static void bar(
      Graphics2D g, Color colour, double x, double y, double width, double height) {
    g.setColor(colour);
    g.fill(new Rectangle2D.Double(x, y, width, Math.max(0, height)));
  }

  /** What happened is seen, however little it is. */
  private static double height(double exact) {
    return exact == 0 ? 0 : Math.max(exact, 2);
  }

  private static double x(Frame frame, double step) {
    return x(frame.plannedSteps(), frame.width(), step);
  }

  /** Where a step is on a track of so many steps and pixels. */
  public static double x(int planned, int width, double step) {
    return EDGE + step / Math.max(1, planned) * (width - 2 * EDGE);
  }

  /** The step nearest to x on such a track. */
  public static int stepAt(int planned, int width, double x) {
    double share = (x - EDGE) / Math.max(1, width - 2 * EDGE);
    return Math.clamp(Math.round(share * planned), 0, planned);
  }
}
