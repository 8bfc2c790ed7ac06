package dev.unmask.app.tokens.canvas;

import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Visible;
import dev.unmask.app.theme.Lettering;
import dev.unmask.app.theme.Typeface;
import dev.unmask.engine.trace.TraceHeader;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;

/**
 * Where each position's slot is. All slots of a picture are of one size, as large as the area
 * allows, or each is as wide as its text, which flows; a token with a new line ends its row. It
 * depends on the last state, not on the playhead, so the text does not reflow while it plays.
 *
 * @param slots one rectangle a position, in pixels
 * @param area that they are seen in
 * @param further how far a text that flows can be scrolled, in pixels
 * @param type the em of the text, in pixels; 0 for what each slot has room for
 */
record CanvasLayout(List<Rectangle> slots, Rectangle area, double further, double type) {
  private static final int WIDEST = 400;
  private static final double HIGHEST_SHARE = 0.46;
  private static final int NARROWEST = 5;
  private static final int LOWEST = 3;
  private static final double LINE_HEIGHT = 1.75;
  private static final int WORD_AIR = 8;
  private static final int WORD_GAP = 3;

  /** The em of a text on paper that cells have no room for. */
  private static final double PRINT = 9;

  /** Below something of a height. */
  static CanvasLayout below(int height, Frame frame) {
    int top = Card.PADDING + height + 8;
    var area =
        new Rectangle(
            Card.PADDING,
            top,
            Math.max(frame.width() - 2 * Card.PADDING, NARROWEST),
            Math.max(frame.height() - top - Card.PADDING, NARROWEST));
    boolean[] breaks = breaks(frame);
    if (frame.view().text().flows()) {
      return text(frame, breaks, area, frame.view().text().type());
    }
    int[] rows = new int[frame.state().length()];
    Cells best = Cells.in(area, 1, flow(rows, breaks, 1));
    for (int columns = 2; columns <= mostColumns(area, rows.length); columns++) {
      Cells other = Cells.in(area, columns, flow(rows, breaks, columns));
      best = other.type() > best.type() ? other : best;
    }
    if (best.type() < frame.view().smallest(0)) {
      CanvasLayout text = text(frame, breaks, area, PRINT);
      if (text.further == 0) {
        return text;
      }
    }
    flow(rows, breaks, best.columns);
    return new CanvasLayout(place(rows, best, area), area, 0, 0);
  }

  private static int mostColumns(Rectangle area, int length) {
    return Math.clamp(area.width / NARROWEST, 1, Math.max(1, length));
  }

  /** Slots of one size. */
  private record Cells(int columns, int width, int height, int gap) {
    /** As large as so many columns and rows can be in an area. */
    static Cells in(Rectangle area, int columns, int rows) {
      double wide = Math.min((double) area.width / columns, WIDEST);
      double tall = Math.min((double) area.height / rows, wide * HIGHEST_SHARE);
      int gap = (int) Math.clamp(Math.min(tall, wide) / 6, 1, 8);
      return new Cells(
          columns, Math.max(1, (int) wide - gap), Math.max(LOWEST, (int) tall - gap), gap);
    }

    /** How large the text in them can be, with a bar below it. */
    double type() {
      return Math.min(CellPainter.type(width, height), height * 0.5);
    }
  }

  /** Slots as wide as the last tokens, in lines as wide as the area. */
  private static CanvasLayout text(Frame frame, boolean[] breaks, Rectangle area, double type) {
    var lettering = new Lettering(Typeface.MONO, type);
    int[] tokens = frame.last().state().tokens();
    int height = (int) Math.round(lettering.size() * LINE_HEIGHT);
    List<Rectangle> slots = new ArrayList<>();
    int x = 0;
    int y = 0;
    for (int p = 0; p < tokens.length; p++) {
      String word = Visible.text(frame.trace().header().tokens().text(tokens[p]));
      double letters = Math.max(lettering.width(word), lettering.width("mm"));
      int width = (int) Math.min(Math.ceil(letters) + WORD_AIR, area.width);
      if (x > 0 && x + width > area.width) {
        x = 0;
        y += height + WORD_GAP;
      }
      slots.add(new Rectangle(x, y, width, height));
      x = breaks[p] ? area.width : x + width + WORD_GAP;
    }
    int further = Math.max(0, y + height - area.height);
    int from = (int) Math.min(frame.view().text().from(), further);
    slots.forEach(slot -> slot.translate(area.x, area.y - from));
    return new CanvasLayout(List.copyOf(slots), area, further, type);
  }

  /** Whether a slot is in view, if only in part. */
  boolean shows(int position) {
    return slots.get(position).intersects(area);
  }

  /** Where to scroll to for a slot to be in view as a whole; where it is now if it is that. */
  double revealing(int position, double from) {
    Rectangle slot = slots.get(position);
    double above = Math.min(0, slot.y - area.y);
    double below = Math.max(0, slot.getMaxY() - area.getMaxY());
    return Math.clamp(Math.min(from, further) + above + below, 0, further);
  }

  /** The position whose slot holds this point, −1 if none does. */
  int at(double x, double y) {
    for (int p = 0; p < slots.size(); p++) {
      if (area.contains(x, y) && slots.get(p).contains(x, y)) {
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

  private static List<Rectangle> place(int[] rows, Cells cells, Rectangle area) {
    var slots = new Rectangle[rows.length];
    int first = 0;
    for (int p = 0; p < rows.length; p++) {
      first = p > 0 && rows[p] == rows[p - 1] ? first : p;
      int x = area.x + (p - first) * (cells.width + cells.gap);
      int y = area.y + rows[p] * (cells.height + cells.gap);
      slots[p] = new Rectangle(x, y, cells.width, cells.height);
    }
    return List.of(slots);
  }
}
