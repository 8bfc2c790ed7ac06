package dev.unmask.app.canvas;

import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.Cell;
import dev.unmask.app.picture.Look;
import dev.unmask.app.theme.Theme;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;

/**
 * What the looks mean. It stands beside the canvas's title and takes further lines where the width
 * asks for them.
 */
final class Legend {
  private static final int SWATCH = 13;
  private static final int GAP = 14;
  private static final int TITLE_WIDTH = 66;

  private static final List<Entry> ENTRIES =
      List.of(
          new Entry(Look.GIVEN, "prompt"),
          new Entry(Look.NOT_STARTED, "later block"),
          new Entry(Look.MASKED, "masked"),
          new Entry(Look.KEPT_MASKED, "predicted, kept masked (LLaDA says “remasked”)"),
          new Entry(Look.COMMITTED_NOW, "committed now"),
          new Entry(Look.COMMITTED, "committed earlier"),
          new Entry(Look.REMASKED, "remasked"),
          new Entry(Look.EDITED, "edited"));

  private Legend() {}

  /** How much of a canvas of this width it takes, in pixels. */
  static int height(int width) {
    return lines(width).size() * Card.LINE;
  }

  static void paint(Graphics2D g, int width, Theme theme) {
    var swatches = new CellPainter(g, theme);
    int y = Card.PADDING;
    for (List<Entry> line : lines(width)) {
      int x = width - Card.PADDING - line.stream().mapToInt(Entry::width).sum() + GAP;
      for (Entry entry : line) {
        var cell = new Cell(entry.look(), "", "", Float.NaN, false);
        swatches.paint(cell, new Rectangle(x, y, SWATCH, SWATCH));
        g.setColor(theme.muted());
        Card.NOTE.draw(g, entry.words(), x + SWATCH + 6, y + 11);
        x += entry.width();
      }
      y += Card.LINE;
    }
  }

  private static List<List<Entry>> lines(int width) {
    List<List<Entry>> lines = new ArrayList<>(List.of(new ArrayList<>()));
    int room = width - 2 * Card.PADDING - TITLE_WIDTH;
    for (Entry entry : ENTRIES) {
      if (entry.width() - GAP > room && !lines.getLast().isEmpty()) {
        lines.add(new ArrayList<>());
        room = width - 2 * Card.PADDING;
      }
      lines.getLast().add(entry);
      room -= entry.width();
    }
    return lines;
  }

  private record Entry(Look look, String words) {
    int width() {
      return SWATCH + 6 + (int) Math.ceil(Card.NOTE.width(words)) + GAP;
    }
  }
}
