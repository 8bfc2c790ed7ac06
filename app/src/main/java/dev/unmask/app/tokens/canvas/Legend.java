package dev.unmask.app.tokens.canvas;

import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.Cell;
import dev.unmask.app.picture.Colouring;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Look;
import dev.unmask.app.theme.Theme;
import dev.unmask.engine.trace.TraceHeader;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the colours mean. It stands beside the canvas's title and takes further lines where the
 * width asks for them.
 */
final class Legend {
  private static final int SWATCH = 13;
  private static final int GAP = 14;
  private static final int TITLE_WIDTH = 66;
  private static final int RAMP_WIDTH = 120;

  private Legend() {}

  /** How much of a canvas it takes, in pixels. */
  static int height(Frame frame) {
    return lines(entries(frame), frame.width()).size() * Card.LINE;
  }

  /** Whether it tells the same for all frames of a trace. */
  static boolean isSame(List<Frame> frames) {
    return frames.stream().map(Legend::entries).distinct().count() == 1;
  }

  static void paint(Graphics2D g, Frame frame, Theme theme) {
    if (frame.view().colouring() != Colouring.STATE) {
      ramp(g, frame, theme);
      return;
    }
    var swatches = new CellPainter(g, theme, frame.confidences());
    int y = Card.PADDING;
    for (List<Entry> line : lines(entries(frame), frame.width())) {
      int x = frame.width() - Card.PADDING - line.stream().mapToInt(Entry::width).sum() + GAP;
      for (Entry entry : line) {
        var cell = new Cell(entry.look(), "", "", Float.NaN, false);
        swatches.paint(cell, new Rectangle(x, y, SWATCH, SWATCH), Optional.empty());
        g.setColor(theme.muted());
        Card.NOTE.draw(g, entry.words(), x + SWATCH + 6, y + 11);
        x += entry.width();
      }
      y += Card.LINE;
    }
  }

  private static void ramp(Graphics2D g, Frame frame, Theme theme) {
    Ends ends = Ends.of(frame);
    double right = frame.width() - Card.PADDING;
    double base = Card.PADDING + 11.0;
    g.setColor(theme.muted());
    Card.NOTE.drawRight(g, ends.high, right, base);
    int x = (int) (right - Card.NOTE.width(ends.high)) - RAMP_WIDTH - 8;
    for (int i = 0; i < RAMP_WIDTH; i++) {
      g.setColor(theme.ramp((i + 0.5) / RAMP_WIDTH));
      // To the end, so that no seams show where a pixel is not one of the screen.
      g.fillRect(x + i, Card.PADDING + 2, RAMP_WIDTH - i, 10);
    }
    g.setColor(theme.muted());
    String low = frame.view().colouring().words() + ":  " + ends.low;
    Card.NOTE.drawRight(g, low, x - 8.0, base);
  }

  /** The words at the dark and the light end of the ramp. */
  private record Ends(String low, String high) {
    static Ends of(Frame frame) {
      return switch (frame.view().colouring()) {
        case STATE, CONFIDENCE -> new Ends("low", "high");
        case ENTROPY -> new Ends("0", "%.1f nats".formatted(frame.last().entropies().most()));
        case COMMIT_ORDER -> new Ends("last", "first");
        case AGREEMENT -> new Ends("another", "the same");
      };
    }
  }

  private static List<Entry> entries(Frame frame) {
    List<Entry> entries = new ArrayList<>();
    TraceHeader header = frame.trace().header();
    entries.add(new Entry(Look.GIVEN, "prompt"));
    if (!header.noise().equals("absorbing")) {
      entries.add(new Entry(Look.NOISE, "noise"));
    }
    if (frame.block().count() > 1) {
      entries.add(new Entry(Look.NOT_STARTED, "later block"));
    }
    entries.add(new Entry(Look.MASKED, "masked"));
    boolean llada = header.segments().stream().anyMatch(s -> s.sampler().equals("llada"));
    String otherName = llada ? " (LLaDA says “remasked”)" : "";
    entries.add(new Entry(Look.KEPT_MASKED, "predicted, kept masked" + otherName));
    entries.add(new Entry(Look.COMMITTED_NOW, "committed now"));
    entries.add(new Entry(Look.COMMITTED, "committed earlier"));
    entries.add(new Entry(Look.REMASKED, "remasked"));
    entries.add(new Entry(Look.EDITED, "edited"));
    return entries;
  }

  private static List<List<Entry>> lines(List<Entry> entries, int width) {
    List<List<Entry>> lines = new ArrayList<>(List.of(new ArrayList<>()));
    int room = width - 2 * Card.PADDING - TITLE_WIDTH;
    for (Entry entry : entries) {
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
