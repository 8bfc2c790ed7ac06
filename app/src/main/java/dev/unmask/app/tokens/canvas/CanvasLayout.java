package dev.unmask.app.tokens.canvas;

import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.Frame;
import dev.unmask.engine.trace.TraceHeader;
import java.awt.Rectangle;
import java.util.List;

/**
 * Where each position's slot is. All slots of a picture are of one size, as large as the area
 * allows; a token with a new line ends its row. It depends on the last state, not on the playhead,
 * so the text does not reflow while it plays.
 *
 * @param slots one rectangle a position, in pixels
 */
record CanvasLayout(List<Rectangle> slots) {
  private static final int WIDEST = 118;
  private static final int TALLEST = 44;
  private static final int NARROWEST = 5;

  /** Below something of a height. */
  static CanvasLayout below(int height, Frame frame) {
    int top = Card.PADDING + height + 8;
    var area =
        new Rectangle(
            Card.PADDING,
            top,
            Math.max(frame.width() - 2 * Card.PADDING, NARROWEST),
            Math.max(frame.height() - top - Card.PADDING, NARROWEST));
    int[] rows = new int[frame.state().length()];
    int columns = Math.max(1, Math.ceilDiv(area.width, WIDEST));
    int mostColumns = Math.max(columns, area.width / NARROWEST);
    boolean[] breaks = breaks(frame);
    while (columns < mostColumns && !fits(flow(rows, breaks, columns), columns, area)) {
      columns++;
    }
    flow(rows, breaks, columns);
    return new CanvasLayout(place(rows, columns, area));
  }

  /** The position whose slot holds this point, −1 if none does. */
  int at(double x, double y) {
    for (int p = 0; p < slots.size(); p++) {
      if (slots.get(p).contains(x, y)) {
        return p;
      }
    }
    return -1;
  }

  private static boolean[] breaks(Frame frame) {
    int[] tokens = frame.last().state().tokens();
    TraceHeader header = frame.trace().header();
    var breaks = new boolean[tokens.length];
    for (int p = 0; p < breaks.length; p++) {
      boolean named = tokens[p] >= 0 && tokens[p] != header.tokens().maskId();
      breaks[p] = named && header.tokens().text(tokens[p]).indexOf('\n') >= 0;
    }
    return breaks;
  }

  /** Writes the row of each position, and returns how many rows there are. */
  private static int flow(int[] rows, boolean[] breaks, int columns) {
    int row = 0;
    int column = 0;
    for (int p = 0; p < rows.length; p++) {
      if (column == columns) {
        row++;
        column = 0;
      }
      rows[p] = row;
      column = breaks[p] ? columns : column + 1;
    }
    return row + 1;
  }

  private static boolean fits(int rowCount, int columns, Rectangle area) {
    int height = height(columns, area);
    return rowCount * (height + gap(height)) - gap(height) <= area.height;
  }

  private static int width(int columns, Rectangle area) {
    int gap = gap(height(columns, area));
    return Math.max(1, (area.width + gap) / columns - gap);
  }

  private static int height(int columns, Rectangle area) {
    return Math.clamp(Math.round(area.width / columns * 0.42), 3, TALLEST);
  }

  private static int gap(int height) {
    return Math.clamp(height / 5, 1, 7);
  }

  private static List<Rectangle> place(int[] rows, int columns, Rectangle area) {
    int width = width(columns, area);
    int height = height(columns, area);
    int gap = gap(height);
    var slots = new Rectangle[rows.length];
    int first = 0;
    for (int p = 0; p < rows.length; p++) {
      first = p > 0 && rows[p] == rows[p - 1] ? first : p;
      int x = area.x + (p - first) * (width + gap);
      slots[p] = new Rectangle(x, area.y + rows[p] * (height + gap), width, height);
    }
    return List.of(slots);
  }
}
