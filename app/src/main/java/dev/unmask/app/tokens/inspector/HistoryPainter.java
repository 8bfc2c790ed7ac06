package dev.unmask.app.tokens.inspector;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Painter;
import dev.unmask.app.picture.Scale;
import dev.unmask.app.picture.Sign;
import dev.unmask.app.picture.StepView;
import dev.unmask.app.picture.Visible;
import dev.unmask.app.theme.Lettering;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.theme.Typeface;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Paints the selected position over the steps: the confidence in its prediction, the entropy, what
 * happened to it, and below which token was predicted.
 */
public final class HistoryPainter implements Painter {
  private static final Lettering NOTE = new Lettering(Typeface.SANS, 10);
  private static final Lettering TOKEN = new Lettering(Typeface.MONO, 9.5);
  private static final int TOP = 22;
  private static final int EDGE = 5;
  private static final int RIBBON = 18;

  @Override
  public void paint(Graphics2D g, Frame frame, Theme theme) {
    g.setColor(theme.panel());
    g.fillRect(0, 0, frame.width(), frame.height());
    if (frame.selection() < 0) {
      return;
    }
    int p = frame.selection();
    List<StepView> moments = frame.moments();
    Scale confidences = frame.confidences();
    Scale entropies = new Scale(0, Math.max(1e-9, frame.last().entropies().most()));
    legend(g, theme, entropies);
    double base = frame.height() - EDGE - RIBBON - 6.0;
    rule(g, theme, frame, base);
    curve(g, theme.ink(Theme.PURPLE), frame, base, m -> entropies.share(m.entropy()[p]));
    curve(g, Theme.SKY_BLUE, frame, base, m -> confidences.share(m.decision().confidence()[p]));
    for (StepView moment : moments) {
      double share = confidences.share(moment.decision().confidence()[p]);
      double y = y(base, Double.isNaN(share) ? 0 : share);
      Sign.paint(g, moment.looks()[p], x(frame, moment.step()), y, 3.2);
    }
    ribbon(g, frame, theme, moments);
  }

  private static void legend(Graphics2D g, Theme theme, Scale entropies) {
    String first = "confidence";
    g.setColor(theme.ink(Theme.SKY_BLUE));
    NOTE.draw(g, first, 0, 10);
    g.setColor(theme.ink(Theme.PURPLE));
    double most = entropies.most();
    String second = Double.isFinite(most) ? "entropy, to %.1f nats".formatted(most) : "entropy";
    NOTE.draw(g, second, NOTE.width(first) + 12, 10);
  }

  private static void rule(Graphics2D g, Theme theme, Frame frame, double base) {
    g.setColor(theme.line());
    g.setStroke(new BasicStroke(1));
    g.draw(new Line2D.Double(0, base + 0.5, frame.width(), base + 0.5));
  }

  private static void curve(
      Graphics2D g, Color colour, Frame frame, double base, ToDoubleFunction<StepView> share) {
    var path = new Path2D.Double();
    boolean pen = false;
    for (StepView moment : frame.moments()) {
      double value = share.applyAsDouble(moment);
      if (Double.isFinite(value)) {
        double x = x(frame, moment.step());
        if (pen) {
          path.lineTo(x, y(base, value));
        } else {
          path.moveTo(x, y(base, value));
          path.lineTo(x + 0.5, y(base, value));
        }
      }
      pen = Double.isFinite(value);
    }
    g.setColor(colour);
    g.setStroke(new BasicStroke(1.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(path);
  }

  /** A box for every stretch of steps that predicted the same token. */
  private static void ribbon(Graphics2D g, Frame frame, Theme theme, List<StepView> moments) {
    int from = 1;
    for (int k = 1; k < moments.size(); k++) {
      int token = predicted(moments, k, frame.selection());
      boolean ends =
          k + 1 == moments.size() || predicted(moments, k + 1, frame.selection()) != token;
      if (ends && token >= 0) {
        double left = x(frame, from - 0.5);
        double width = x(frame, k + 0.5) - left;
        double top = frame.height() - EDGE - RIBBON;
        g.setColor(Theme.mix(theme.foreground(), theme.panel(), 0.12));
        g.fill(new Rectangle2D.Double(left + 0.5, top, Math.max(width - 1, 0.7), RIBBON));
        String text = Visible.text(frame.trace().header().tokens().text(token));
        if (TOKEN.width(text) + 4 <= width) {
          g.setColor(theme.foreground());
          TOKEN.drawCentred(g, text, left + width / 2, top + 12.5);
        }
      }
      from = ends ? k + 1 : from;
    }
  }

  private static int predicted(List<StepView> moments, int step, int position) {
    return moments.get(step).decision().predicted()[position];
  }

  /** Where a step is in a picture of the frame's width. */
  public static double x(Frame frame, double step) {
    return EDGE + step / Math.max(1, frame.plannedSteps()) * (frame.width() - 2 * EDGE);
  }

  private static double y(double base, double share) {
    return base - share * (base - TOP);
  }
}
