package dev.unmask.app.families;

import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.CurvePlot;
import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Sheet;
import dev.unmask.app.theme.Lettering;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.theme.Typeface;
import dev.unmask.engine.families.Lattice;
import dev.unmask.engine.families.PlaneFigures;
import dev.unmask.engine.families.PlaneLayer;
import dev.unmask.engine.playground.Mixture;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Paints a family: what it says of the plane, its samples over it, the modes that it missed, and
 * below how far it is from the data.
 */
public final class FamilyPainter implements Drawing<Sheet<FamilyPanel>> {
  private static final Lettering NAME = new Lettering(Typeface.SANS_STRONG, 13);
  private static final Lettering FIGURE = new Lettering(Typeface.SANS_STRONG, 18);
  private static final int HEAD = 28;
  private static final int FOOT = 66;
  private static final int BESIDE = 60;
  private static final double DOT = 1.7;
  private static final double STRONGEST = 0.62;

  /** Lifts what is thin, so that a peak does not hide it. */
  private static final double LIFT = 0.6;

  private static final int ARROWS = 14;
  private static final double MOST_NATS = 3;

  @Override
  public void paint(Graphics2D g, Sheet<FamilyPanel> sheet, Theme theme) {
    FamilyPanel panel = sheet.content();
    g.setColor(theme.panel());
    g.fillRect(0, 0, sheet.width(), sheet.height());
    head(g, theme, panel, sheet.width());
    // In a wide panel the figures stand beside the plane, in a narrow one below it.
    int room = sheet.height() - HEAD;
    boolean wide = sheet.width() - room > BESIDE;
    double side = Math.min(sheet.width(), wide ? room : room - FOOT);
    if (side > 20) {
      var square =
          new Rectangle2D.Double(wide ? 0 : (sheet.width() - side) / 2, HEAD, side - 1, side - 1);
      Shape whole = g.getClip();
      g.clip(square);
      plane(g, theme, panel, new PlaneFrame(square));
      caption(g, theme, panel, square);
      g.setClip(whole);
      g.setColor(panel.selected() ? theme.accent() : theme.line());
      g.setStroke(new BasicStroke(panel.selected() ? 2 : 1));
      g.draw(square);
      beside(
          g,
          theme,
          panel,
          wide
              ? new Rectangle2D.Double(side + 10, HEAD, sheet.width() - side - 10, room)
              : new Rectangle2D.Double(0, HEAD + side, sheet.width(), room - side),
          wide);
    }
  }

  private static void head(Graphics2D g, Theme theme, FamilyPanel panel, int width) {
    String modes = modes(panel);
    double room = width - (modes.isEmpty() ? 0 : Card.NOTE.width(modes) + 10);
    g.setColor(theme.foreground());
    NAME.draw(g, NAME.cut(panel.family().title(), room), 2, 17);
    boolean missed = anyTrue(panel.missed());
    g.setColor(missed ? theme.ink(Theme.ORANGE) : theme.muted());
    Card.NOTE.drawRight(g, modes, width - 2.0, 17);
  }

  private static String modes(FamilyPanel panel) {
    boolean[] missed = panel.missed();
    int count = 0;
    for (boolean each : missed) {
      count += each ? 1 : 0;
    }
    return panel.shot().isEmpty() || missed.length < 2
        ? ""
        : "%d of %d modes".formatted(missed.length - count, missed.length);
  }

  private static boolean anyTrue(boolean[] all) {
    for (boolean each : all) {
      if (each) {
        return true;
      }
    }
    return false;
  }

  private static void plane(Graphics2D g, Theme theme, FamilyPanel panel, PlaneFrame frame) {
    g.setColor(theme.background());
    g.fill(frame.square());
    data(g, theme, panel.data().mixture(), frame);
    panel
        .shot()
        .ifPresent(
            shot -> {
              for (PlaneLayer layer : shot.layers().stream().filter(panel::shows).toList()) {
                switch (layer) {
                  case PlaneLayer.Values values -> values(g, theme, values, frame);
                  case PlaneLayer.Arrows arrows -> arrows(g, theme, arrows, frame);
                  case PlaneLayer.Lines lines -> lines(g, theme, lines, frame);
                  case PlaneLayer.Latents _ -> {
                    // On a plane of their own, over all else.
                  }
                }
              }
              missed(g, theme, panel, frame);
              samples(g, theme, shot.samples(), frame);
              shot.layers().stream()
                  .filter(panel::shows)
                  .filter(PlaneLayer.Latents.class::isInstance)
                  .map(PlaneLayer.Latents.class::cast)
                  .forEach(latents -> latents(g, theme, latents, frame));
            });
  }

  /** What is shown beside the samples. */
  private static void caption(
      Graphics2D g, Theme theme, FamilyPanel panel, Rectangle2D.Double square) {
    String words =
        panel.layers().stream()
            .filter(layer -> panel.shows(layer) && !(layer instanceof PlaneLayer.Latents))
            .map(PlaneLayer::title)
            .collect(Collectors.joining(" · "));
    if (!words.isEmpty()) {
      String cut = Card.NOTE.cut(words, square.width - 12);
      g.setColor(Theme.translucent(theme.panel(), 200));
      g.fill(
          new Rectangle2D.Double(square.x, square.getMaxY() - 18, Card.NOTE.width(cut) + 10, 18));
      g.setColor(theme.foreground());
      Card.NOTE.draw(g, cut, square.x + 5, square.getMaxY() - 5);
    }
  }

  /** The components' centres, so that one sees what is to be learned. */
  private static void data(Graphics2D g, Theme theme, Mixture mixture, PlaneFrame frame) {
    g.setColor(Theme.mix(theme.muted(), theme.background(), 0.5));
    for (int i = 0; i < mixture.x().length; i++) {
      dot(g, frame.x(mixture.x()[i]), frame.y(mixture.y()[i]), 1.2);
    }
  }

  private static void dot(Graphics2D g, double x, double y, double radius) {
    g.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
  }

  private static void values(Graphics2D g, Theme theme, PlaneLayer.Values of, PlaneFrame frame) {
    int cells = of.lattice().cells();
    double[] shares = shares(of);
    var picture = new BufferedImage(cells, cells, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < shares.length; i++) {
      Color colour = Theme.mix(Theme.SKY_BLUE, theme.background(), STRONGEST * shares[i]);
      picture.setRGB(i % cells, cells - 1 - i / cells, colour.getRGB());
    }
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    var place =
        new AffineTransform(
            frame.square().getWidth() / cells,
            0,
            0,
            frame.square().getHeight() / cells,
            frame.square().getX(),
            frame.square().getY());
    g.drawImage(picture, place, null);
  }

  /**
   * Of a logarithm its exponential against the greatest; of others where they are in their range.
   */
  private static double[] shares(PlaneLayer.Values of) {
    double[] finite = Arrays.stream(of.values()).filter(Double::isFinite).toArray();
    double greatest = Arrays.stream(finite).max().orElse(0);
    double least = Arrays.stream(finite).min().orElse(0);
    return Arrays.stream(of.values())
        .map(
            value ->
                of.logarithm()
                    ? StrictMath.pow(StrictMath.exp(value - greatest), LIFT)
                    : (value - least) / Math.max(1e-12, greatest - least))
        .map(share -> Double.isFinite(share) ? Math.clamp(share, 0, 1) : 0)
        .toArray();
  }

  private static void arrows(Graphics2D g, Theme theme, PlaneLayer.Arrows of, PlaneFrame frame) {
    Lattice lattice = of.lattice();
    int stride = Math.max(1, lattice.cells() / ARROWS);
    double longest = 1e-9;
    for (float each : of.arrows()) {
      longest = Math.max(longest, Math.abs(each));
    }
    double most = 0.9 * stride * lattice.cell() * frame.scale();
    g.setColor(theme.muted());
    g.setStroke(new BasicStroke(1));
    for (int row = stride / 2; row < lattice.cells(); row += stride) {
      for (int column = stride / 2; column < lattice.cells(); column += stride) {
        int at = 2 * (row * lattice.cells() + column);
        double length = StrictMath.hypot(of.arrows()[at], of.arrows()[at + 1]);
        // Long ones are shortened, so that short ones are seen.
        double shown = most * Math.sqrt(Math.min(1, length / longest));
        if (shown > 1) {
          double x = frame.x(lattice.middle(column));
          double y = frame.y(lattice.middle(row));
          double endX = x + shown * of.arrows()[at] / length;
          double endY = y - shown * of.arrows()[at + 1] / length;
          g.draw(new Line2D.Double(x, y, endX, endY));
          dot(g, endX, endY, 1.5);
        }
      }
    }
  }

  private static void lines(Graphics2D g, Theme theme, PlaneLayer.Lines of, PlaneFrame frame) {
    g.setColor(Theme.translucent(theme.muted(), 150));
    g.setStroke(new BasicStroke(0.8f));
    for (float[] line : of.lines()) {
      var path = new Path2D.Double();
      for (int i = 0; i < line.length; i += 2) {
        double x = frame.x(line[i]);
        double y = frame.y(line[i + 1]);
        if (i == 0) {
          path.moveTo(x, y);
        } else {
          path.lineTo(x, y);
        }
      }
      g.draw(path);
    }
  }

  private static void samples(Graphics2D g, Theme theme, float[] samples, PlaneFrame frame) {
    g.setColor(theme.dark() ? Theme.ORANGE : theme.ink(Theme.ORANGE));
    for (int i = 0; i < samples.length; i += 2) {
      dot(g, frame.x(samples[i]), frame.y(samples[i + 1]), DOT);
    }
  }

  /** A ring about each mode without samples, which is not told by colour alone. */
  private static void missed(Graphics2D g, Theme theme, FamilyPanel panel, PlaneFrame frame) {
    boolean[] missed = panel.missed();
    Mixture mixture = panel.data().mixture();
    int[] modes = panel.data().modes();
    g.setColor(theme.muted());
    g.setStroke(
        new BasicStroke(
            1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {3, 3}, 0));
    for (int mode = 0; mode < missed.length; mode++) {
      if (missed[mode]) {
        ring(g, mixture, modes, mode, frame);
      }
    }
  }

  private static void ring(Graphics2D g, Mixture mixture, int[] modes, int mode, PlaneFrame frame) {
    double x = 0;
    double y = 0;
    int count = 0;
    for (int i = 0; i < modes.length; i++) {
      if (modes[i] == mode) {
        x += mixture.x()[i];
        y += mixture.y()[i];
        count++;
      }
    }
    double radius = Math.max(14, 3 * mixture.deviation() * frame.scale());
    double middleX = frame.x(x / count);
    double middleY = frame.y(y / count);
    g.draw(new Ellipse2D.Double(middleX - radius, middleY - radius, 2 * radius, 2 * radius));
    if (count == 1 && Card.NOTE.width("missed") < 2 * radius) {
      Card.NOTE.drawCentred(g, "missed", middleX, middleY + 4);
    }
  }

  /** In a corner, on their own plane, each in the direction in which its point lies. */
  private static void latents(Graphics2D g, Theme theme, PlaneLayer.Latents of, PlaneFrame frame) {
    double side = Math.min(110, frame.square().getWidth() * 0.3);
    var corner =
        new Rectangle2D.Double(
            frame.square().getMaxX() - side - 4, frame.square().getMaxY() - side - 22, side, side);
    var inset = new PlaneFrame(corner);
    g.setColor(Theme.translucent(theme.panel(), 225));
    g.fill(corner);
    Shape all = g.getClip();
    g.clip(corner);
    for (int i = 0; i < of.points().length; i += 2) {
      double turn = StrictMath.atan2(of.shown()[i + 1], of.shown()[i]) / (2 * Math.PI) + 0.5;
      g.setColor(theme.ramp(turn));
      dot(g, inset.x(of.points()[i]), inset.y(of.points()[i + 1]), 1.3);
    }
    g.setClip(all);
    g.setColor(theme.line());
    g.setStroke(new BasicStroke(1));
    g.draw(corner);
    g.setColor(theme.muted());
    Card.NOTE.draw(g, Card.NOTE.cut(of.title(), side - 8), corner.x + 4, corner.y + 13);
  }

  private static void beside(
      Graphics2D g, Theme theme, FamilyPanel panel, Rectangle2D area, boolean wide) {
    if (panel.training().isEmpty()) {
      g.setColor(theme.muted());
      Card.NOTE.draw(g, "Not trained yet", area.getX() + 2, area.getY() + 16);
      return;
    }
    Training training = panel.training().get();
    double figuresX = wide ? area.getX() : Math.max(60, area.getMaxX() - 74);
    double figuresY = area.getY() + (wide ? 2 : 8);
    figures(g, theme, panel, figuresX, figuresY);
    var curve =
        wide
            ? new Rectangle2D.Double(
                area.getX() + 13,
                area.getY() + 60,
                area.getWidth() - 17,
                Math.min(110, area.getHeight() - 80))
            : new Rectangle2D.Double(18, area.getY() + 10, figuresX - 34, area.getHeight() - 28);
    var plot = new CurvePlot(g, theme, curve);
    plot.axes();
    g.setColor(theme.muted());
    Card.NOTE.draw(g, "3", curve.getX() - 13, curve.getY() + 8);
    Card.NOTE.draw(g, "0", curve.getX() - 13, curve.getMaxY());
    curve(g, theme, panel.curve(), curve);
    plot.cursor((double) panel.frame() / training.frames());
    g.setColor(theme.muted());
    int frame = panel.shot().map(Shot::frame).orElse(panel.frame());
    String step = String.format(Locale.ROOT, "step %,d", training.stepAt(frame));
    Card.NOTE.draw(g, step, wide ? area.getX() : curve.getX(), curve.getMaxY() + 15);
  }

  /** Through all states that were measured, whose points are marked. */
  private static void curve(Graphics2D g, Theme theme, double[] curve, Rectangle2D area) {
    g.setColor(theme.ink(Theme.SKY_BLUE));
    g.setStroke(new BasicStroke(1.6f));
    var path = new Path2D.Double();
    boolean open = false;
    for (int i = 0; i < curve.length; i++) {
      if (!Double.isNaN(curve[i])) {
        double share = Math.clamp(curve[i] / MOST_NATS, 0, 1);
        double x = area.getX() + area.getWidth() * i / Math.max(1, curve.length - 1);
        double y = area.getMaxY() - area.getHeight() * share;
        if (open) {
          path.lineTo(x, y);
        } else {
          path.moveTo(x, y);
        }
        open = true;
        dot(g, x, y, 1.6);
      }
    }
    g.draw(path);
  }

  private static void figures(Graphics2D g, Theme theme, FamilyPanel panel, double x, double top) {
    Optional<PlaneFigures> figures =
        panel.shot().filter(shot -> shot.frame() == panel.frame()).flatMap(Shot::figures);
    g.setColor(theme.foreground());
    FIGURE.draw(g, figures.map(FamilyPainter::kl).orElse("…"), x, top + 14);
    g.setColor(theme.muted());
    Card.NOTE.draw(g, "KL, nats", x, top + 30);
    Card.NOTE.draw(g, figures.map(FamilyPainter::how).orElse(""), x, top + 45);
  }

  /** "≤" before a bound, "≈" before what samples tell. */
  static String kl(PlaneFigures figures) {
    String sign = Double.isNaN(figures.nll()) ? "≈ " : figures.bound() ? "≤ " : "";
    return sign + String.format(Locale.ROOT, "%.2f", figures.kl());
  }

  private static String how(PlaneFigures figures) {
    return Double.isNaN(figures.nll()) ? "by samples" : figures.bound() ? "by a bound" : "exact";
  }
}
