package dev.unmask.app.inspector;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Painter;
import dev.unmask.app.theme.Lettering;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.theme.Typeface;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;

/** Paints the confidence in the selected position's prediction over the steps. */
public final class HistoryPainter implements Painter {
  private static final Lettering NOTE = new Lettering(Typeface.SANS, 10);
  private static final int TOP = 16;
  private static final int EDGE = 5;

  @Override
  public void paint(Graphics2D g, Frame frame, Theme theme) {
    g.setColor(theme.panel());
    g.fillRect(0, 0, frame.width(), frame.height());
    g.setColor(theme.muted());
    NOTE.draw(g, "confidence of the prediction, from 0 to 1", 0, 10);
    g.setColor(theme.line());
    g.setStroke(new BasicStroke(1));
    double bottom = frame.height() - EDGE + 0.5;
    g.draw(new Line2D.Double(0, bottom, frame.width(), bottom));
    if (frame.selection() >= 0) {
      curve(g, frame, theme);
    }
  }

  private static void curve(Graphics2D g, Frame frame, Theme theme) {
    var path = new Path2D.Double();
    boolean pen = false;
    for (int k = 1; k <= frame.trace().steps(); k++) {
      float confidence = confidence(frame, k);
      if (Float.isFinite(confidence)) {
        if (pen) {
          path.lineTo(x(frame, k), y(frame, confidence));
        } else {
          path.moveTo(x(frame, k), y(frame, confidence));
        }
      }
      pen = Float.isFinite(confidence);
    }
    g.setColor(Theme.SKY_BLUE);
    g.setStroke(new BasicStroke(1.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(path);
    double now = x(frame, frame.step());
    g.setColor(theme.accent());
    g.setStroke(new BasicStroke(1));
    g.draw(new Line2D.Double(now, TOP, now, frame.height() - EDGE));
    float shown = frame.step() == 0 ? Float.NaN : confidence(frame, frame.step());
    if (Float.isFinite(shown)) {
      g.setColor(Theme.ORANGE);
      g.fill(new Ellipse2D.Double(now - 3.5, y(frame, shown) - 3.5, 7, 7));
    }
  }

  private static float confidence(Frame frame, int step) {
    return frame.trace().step(step - 1).decision().confidence()[frame.selection()];
  }

  private static double x(Frame frame, int step) {
    double steps = Math.max(1, frame.plannedSteps());
    return EDGE + step / steps * (frame.width() - 2 * EDGE);
  }

  private static double y(Frame frame, float confidence) {
    double share = Math.clamp(confidence, 0, 1);
    return frame.height() - EDGE - share * (frame.height() - EDGE - TOP);
  }
}
