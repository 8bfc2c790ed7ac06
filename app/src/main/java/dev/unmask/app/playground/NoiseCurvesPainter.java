package dev.unmask.app.playground;

import dev.unmask.app.picture.CurvePlot;
import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Sheet;
import dev.unmask.app.theme.Theme;
import dev.unmask.engine.noise.gaussian.ImageProcess;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** Paints α and σ of a process over t, with a cursor. */
public final class NoiseCurvesPainter implements Drawing<Sheet<PlaneView>> {
  private static final int TOP = 26;
  private static final int POINTS = 60;

  @Override
  public void paint(Graphics2D g, Sheet<PlaneView> sheet, Theme theme) {
    g.setColor(theme.panel());
    g.fillRect(0, 0, sheet.width(), sheet.height());
    ImageProcess process = sheet.content().scene().plan().way().process().gaussian().orElseThrow();
    var area = new Rectangle2D.Double(2, TOP, sheet.width() - 4.0, sheet.height() - TOP - 6.0);
    var plot = new CurvePlot(g, theme, area);
    Color signal = theme.ink(Theme.SKY_BLUE);
    Color noise = theme.ink(Theme.VERMILLION);
    double most = Math.max(1, process.sigma(1));
    double x = plot.name("α(t)", signal, 2, 14);
    plot.name(most > 1 ? "σ(t), to %.0f".formatted(most) : "σ(t)", noise, x, 14);
    plot.axes();
    plot.curve(over(process::alpha), signal, alpha -> alpha);
    plot.curve(over(process::sigma), noise, sigma -> sigma / most);
    double time = sheet.content().now().time();
    if (!Double.isNaN(time)) {
      plot.cursor(time);
    }
  }

  private static double[] over(DoubleUnaryOperator curve) {
    return IntStream.rangeClosed(0, POINTS)
        .mapToDouble(i -> curve.applyAsDouble((double) i / POINTS))
        .toArray();
  }
}
