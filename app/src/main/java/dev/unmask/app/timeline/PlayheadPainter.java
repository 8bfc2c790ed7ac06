package dev.unmask.app.timeline;

import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.Cell;
import dev.unmask.app.picture.Cells;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Painter;
import dev.unmask.app.picture.Status;
import dev.unmask.app.picture.Visible;
import dev.unmask.app.theme.Lettering;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.theme.Typeface;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.Locale;

/**
 * Paints what moves over the life lines: the playhead, the veil over what comes after it, the
 * selected row and the counts at this step.
 */
public final class PlayheadPainter implements Painter {
  private static final int VEIL = 150;
  private static final int BAND = 26;
  private static final Lettering LABEL = new Lettering(Typeface.MONO, 10);
  private static final Lettering FIGURE = new Lettering(Typeface.SANS_STRONG, 11.5);

  @Override
  public void paint(Graphics2D g, Frame frame, Theme theme) {
    TimelineLayout layout = TimelineLayout.of(frame);
    double x = layout.x(frame.step());
    g.setColor(translucent(theme.panel(), VEIL));
    double after = layout.right() + 7 - x;
    g.fill(
        new Rectangle2D.Double(x + 1, layout.laneTop(), after, layout.bottom() - layout.laneTop()));
    Cell[] cells = Cells.at(frame.trace(), frame.plan(), frame.step());
    if (frame.selection() >= 0 && frame.selection() < cells.length) {
      selected(g, layout, frame.selection(), cells[frame.selection()].text(), theme);
    }
    g.setColor(theme.accent());
    g.setStroke(new BasicStroke(2));
    g.draw(new Line2D.Double(x, layout.axis() + 4.0, x, layout.bottom()));
    var line = new LifeLinePainter(g, theme, layout);
    for (int p = 0; p < cells.length; p++) {
      line.sign(cells[p].look(), frame.step(), p);
    }
    counts(g, frame, cells, theme);
  }

  private static void selected(
      Graphics2D g, TimelineLayout layout, int position, String token, Theme theme) {
    double height = Math.max(layout.rowHeight(), 2);
    double y = layout.y(position);
    g.setColor(translucent(theme.foreground(), BAND));
    double width = layout.right() - layout.left();
    g.fill(new Rectangle2D.Double(layout.left(), y - height / 2, width, height));
    double gutter = layout.left() - Card.PADDING;
    g.setColor(Theme.mix(theme.foreground(), theme.panel(), 0.15));
    g.fill(new Rectangle2D.Double(Card.PADDING, y - 7, gutter - 4, 14));
    g.setColor(theme.foreground());
    String text = token.isEmpty() ? Integer.toString(position) : Visible.text(token);
    LABEL.drawRight(g, LABEL.cut(text, gutter - 16), layout.left() - 10.0, y + 3.5);
  }

  private static void counts(Graphics2D g, Frame frame, Cell[] cells, Theme theme) {
    long masks = Arrays.stream(cells).filter(cell -> cell.look().masked()).count();
    double least =
        Arrays.stream(cells)
            .mapToDouble(Cell::confidence)
            .filter(c -> !Double.isNaN(c))
            .min()
            .orElse(Double.NaN);
    double x = frame.width() - Card.PADDING;
    x = count(g, theme, x, "NFE ", Status.evaluations(frame.state()));
    x =
        count(
            g,
            theme,
            x,
            "least confidence ",
            Double.isNaN(least) ? "–" : String.format(Locale.ROOT, "%.2f", least));
    count(g, theme, x, "masks left ", Long.toString(masks));
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

  private static Color translucent(Color colour, int alpha) {
    return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha);
  }
}
