package dev.unmask.app.compare;

import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Paintable;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.tokens.canvas.CanvasPainter;
import java.awt.Graphics2D;

/**
 * One of the compared runs on a canvas.
 *
 * @param run which, from 0 for A
 * @param beside the run that A's differences are marked from, from 1
 * @param ofA what A shows, in this picture's size
 */
record RunView(ComparedRuns compared, int run, int beside, Frame ofA)
    implements Paintable<RunView> {
  /** There is a canvas for each run, so that the legend would be told as often. */
  private static final CanvasPainter CANVAS = new CanvasPainter(false);

  @Override
  public int width() {
    return ofA.width();
  }

  @Override
  public int height() {
    return ofA.height();
  }

  @Override
  public RunView sized(int newWidth, int newHeight) {
    return new RunView(compared, run, beside, ofA.sized(newWidth, newHeight));
  }

  /** What this run shows. */
  Frame frame() {
    return compared.frame(run, ofA);
  }

  /** The position whose cell is at a point, −1 if there is none. */
  int position(double x, double y) {
    return CANVAS.position(frame(), x, y);
  }

  /** Paints it, with what differs marked. */
  static Drawing<RunView> painter() {
    return RunView::paint;
  }

  private static void paint(Graphics2D g, RunView view, Theme theme) {
    if (view.compared.others().isEmpty()) {
      CANVAS.paint(g, view.ofA, theme);
    } else {
      int other = Math.max(0, view.run == 0 ? view.beside - 1 : view.run - 1);
      RunPair pair = view.compared.others().get(other).pair();
      new ComparedCanvas(pair, view.run > 0, CANVAS).paint(g, view.ofA, theme);
    }
  }
}
