package dev.unmask.app.corruption;

import dev.unmask.app.picture.CurvePlot;
import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Sheet;
import dev.unmask.app.theme.Theme;
import dev.unmask.engine.corruption.TokenCorruption;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.stream.IntStream;

/** Paints α, the expected share corrupted and the signal-to-noise ratio over t, with a cursor. */
public final class CurvesPainter implements Drawing<Sheet<NoisedText>> {
  private static final int TOP = 26;
  private static final int EDGE = 8;

  @Override
  public void paint(Graphics2D g, Sheet<NoisedText> sheet, Theme theme) {
    g.setColor(theme.panel());
    g.fillRect(0, 0, sheet.width(), sheet.height());
    Curves curves = sheet.content().curves();
    var area =
        new Rectangle2D.Double(EDGE, TOP, sheet.width() - 2.0 * EDGE, sheet.height() - TOP - EDGE);
    var plot = new CurvePlot(g, theme, area);
    Color alpha = theme.ink(Theme.SKY_BLUE);
    Color corrupted = theme.ink(Theme.VERMILLION);
    Color signal = theme.ink(Theme.PURPLE);
    double x = plot.name("α(t)", alpha, EDGE, 14);
    x = plot.name("expected share corrupted", corrupted, x, 14);
    plot.name("SNR α/(1−α), 10⁻³ to 10³", signal, x, 14);
    plot.axes();
    plot.curve(curves.signal(), signal, log -> (log + Curves.DECADES) / (2 * Curves.DECADES));
    plot.curve(curves.corrupted(), corrupted, share -> share);
    plot.curve(curves.alpha(), alpha, share -> share);
    plot.cursor(sheet.content().time());
  }

  /** t at a place of the picture. */
  public static double timeAt(double x, double width) {
    return Math.clamp((x - EDGE) / Math.max(1, width - 2.0 * EDGE), 0, 1);
  }

  /**
   * What is told of the noise at every t, each [T + 1].
   *
   * @param alpha the share not touched
   * @param corrupted the expected share of tokens that are others
   * @param signal log10 of the signal-to-noise ratio, within ±{@link #DECADES}
   */
  record Curves(double[] alpha, double[] corrupted, double[] signal) {
    /** The signal-to-noise ratio is shown from 10⁻³ to 10³. */
    static final double DECADES = 3;

    static Curves of(TokenCorruption text) {
      return new Curves(
          IntStream.rangeClosed(0, text.steps()).mapToDouble(text::alpha).toArray(),
          IntStream.rangeClosed(0, text.steps()).mapToDouble(text::expectedCorrupted).toArray(),
          IntStream.rangeClosed(0, text.steps())
              .mapToDouble(
                  t -> Math.clamp(StrictMath.log10(text.signalToNoise(t)), -DECADES, DECADES))
              .toArray());
    }
  }
}
