package dev.unmask.app.tokens.timeline;

import dev.unmask.app.picture.Cell;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Painter;
import dev.unmask.app.picture.Sign;
import dev.unmask.app.picture.StepView;
import dev.unmask.app.picture.Visible;
import dev.unmask.app.theme.Lettering;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.theme.Typeface;
import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Composite;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Optional;

/**
 * Paints what moves over the life lines: the playhead, the veil over what comes after it and the
 * selected row.
 */
public final class PlayheadPainter implements Painter {
  /** How dense the veil is, of 255. */
  public static final int VEIL = 150;

  /** How dense the band over the selected row is, of 255. */
  public static final int BAND = 26;

  private static final Lettering LABEL = new Lettering(Typeface.MONO, 10);

  @Override
  public void paint(Graphics2D g, Frame frame, Theme theme) {
    TimelineLayout layout = TimelineLayout.of(frame);
    StepView moment = frame.moment();
    new LanePainter(g, frame, theme, layout).values(moment.figures());
    asked(g, layout, moment, theme);
    double x = layout.x(frame.step());
    g.setColor(Theme.translucent(theme.panel(), VEIL));
    double from = Math.max(x + 1, layout.left());
    double after = Math.max(0, layout.right() + 7 - from);
    g.fill(
        new Rectangle2D.Double(from, layout.laneTop(), after, layout.bottom() - layout.laneTop()));
    if (frame.selection() >= 0 && frame.selection() < moment.looks().length) {
      selected(g, layout, Cell.at(moment, frame.selection(), frame.trace().header()), frame, theme);
    }
    if (layout.shows(frame.step())) {
      playhead(g, layout, moment, x, theme);
    }
  }

  /** Paints it as a layer of its own, with nothing where the life lines are to be seen. */
  static void paintLayer(Graphics2D g, Frame frame, Theme theme) {
    Composite over = g.getComposite();
    g.setComposite(AlphaComposite.Clear);
    g.fillRect(0, 0, frame.width(), frame.height());
    g.setComposite(over);
    new PlayheadPainter().paint(g, frame, theme);
  }

  /** A mark before each row whose position the denoiser was asked about at this step. */
  private static void asked(Graphics2D g, TimelineLayout layout, StepView moment, Theme theme) {
    int[] predicted = moment.decision().predicted();
    double air = layout.rowHeight() >= 4 ? 2 : 0;
    double height = Math.clamp(layout.rowHeight() - air, 1, 10);
    g.setColor(Theme.mix(theme.accent(), theme.panel(), 0.75));
    for (int p = layout.firstRow(); p < layout.endRow(); p++) {
      double y = layout.y(p);
      if (predicted[p] >= 0 && y > layout.top() && y < layout.bottom()) {
        g.fill(new Rectangle2D.Double(layout.left() - 6.0, y - height / 2, 3, height));
      }
    }
  }

  private static void playhead(
      Graphics2D g, TimelineLayout layout, StepView moment, double x, Theme theme) {
    g.setColor(theme.accent());
    g.setStroke(new BasicStroke(2));
    g.draw(new Line2D.Double(x, layout.axis() + 4.0, x, layout.bottom()));
    for (int p = layout.firstRow(); p < layout.endRow(); p++) {
      double radius = LifeLinePainter.radius(layout.rowHeight());
      Sign.paint(g, moment.looks()[p], x, layout.y(p), radius);
    }
  }

  private static void selected(
      Graphics2D g, TimelineLayout layout, Cell cell, Frame frame, Theme theme) {
    Optional<Rectangle2D> band = layout.band(frame.selection());
    if (band.isEmpty()) {
      return;
    }
    g.setColor(Theme.translucent(theme.foreground(), BAND));
    g.fill(band.get());
    double y = layout.y(frame.selection());
    double gutter = layout.left() - layout.labelsFrom();
    g.setColor(Theme.mix(theme.foreground(), theme.panel(), 0.15));
    g.fill(new Rectangle2D.Double(layout.labelsFrom(), y - 7, gutter - 8.0, 14));
    g.setColor(theme.foreground());
    String text =
        cell.text().isEmpty() ? Integer.toString(frame.selection()) : Visible.text(cell.text());
    LABEL.drawRight(g, LABEL.cut(text, gutter - 16), layout.left() - 10.0, y + 3.5);
  }
}
