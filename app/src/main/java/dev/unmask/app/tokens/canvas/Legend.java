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
 * What the colours mean. It stands beside the canvas's title; where there is little room it takes
 * shorter words, and leaves out what explains itself.
 */
final class Legend {
  private static final int SWATCH = 13;
  private static final int GAP = 14;
  private static final int TITLE_WIDTH = 66;
  private static final int RAMP_WIDTH = 120;
  private static final int MOST_NEEDLESS = 5;

  private Legend() {}

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
    int title = frame.headed() ? TITLE_WIDTH : 0;
    List<Entry> line = fitting(entries(frame), frame.width() - 2 * Card.PADDING - title);
    int x = frame.width() - Card.PADDING - width(line);
    for (Entry entry : line) {
      var cell = new Cell(entry.look(), "", "", Float.NaN, false);
      swatches.paint(cell, new Rectangle(x, Card.PADDING, SWATCH, SWATCH), Optional.empty());
      g.setColor(theme.muted());
      Card.NOTE.draw(g, entry.words(), x + SWATCH + 6, Card.PADDING + 11);
      x += entry.width();
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

  /** What there can be in a run. */
  private static List<Entry> entries(Frame frame) {
    TraceHeader header = frame.trace().header();
    List<Entry> entries = new ArrayList<>();
    if (!header.noise().equals("absorbing")) {
      entries.add(new Entry(Look.NOISE, "noise", "noise", 0));
    }
    if (!frame.masked()) {
      entries.add(new Entry(Look.EDITED, "edited now", "now", 0));
      entries.add(new Entry(Look.COMMITTED, "edited earlier", "earlier", 0));
      entries.add(new Entry(Look.GIVEN, "prompt", "prompt", 1));
      return entries;
    }
    boolean llada = header.segments().stream().anyMatch(s -> s.sampler().equals("llada"));
    String otherName = llada ? " (LLaDA says “remasked”)" : "";
    entries.add(new Entry(Look.GIVEN, "prompt", "prompt", 3));
    if (frame.block().count() > 1) {
      entries.add(new Entry(Look.NOT_STARTED, "later block", "later", 5));
    }
    entries.add(new Entry(Look.MASKED, "masked", "masked", 4));
    entries.add(
        new Entry(Look.KEPT_MASKED, "predicted, kept masked" + otherName, "kept masked", 2));
    entries.add(new Entry(Look.COMMITTED_NOW, "committed now", "now", 0));
    entries.add(new Entry(Look.COMMITTED, "committed earlier", "committed", 0));
    entries.add(new Entry(Look.REMASKED, "remasked", "remasked", 0));
    entries.add(new Entry(Look.EDITED, "edited", "edited", 1));
    return entries;
  }

  /** All in full, or in short, or without those that are needed least. */
  private static List<Entry> fitting(List<Entry> all, int room) {
    List<Entry> shown = all;
    if (width(shown) > room) {
      shown = all.stream().map(Entry::shortened).toList();
    }
    for (int needed = MOST_NEEDLESS; needed > 0 && width(shown) > room; needed--) {
      int least = needed;
      shown = shown.stream().filter(entry -> entry.needless < least).toList();
    }
    return width(shown) > room ? List.of() : shown;
  }

  private static int width(List<Entry> line) {
    return line.stream().mapToInt(Entry::width).sum() - GAP;
  }

  /**
   * A state and its name.
   *
   * @param needless the larger, the sooner it is left out; 0 for never before the others
   */
  private record Entry(Look look, String words, String brief, int needless) {
    Entry shortened() {
      return new Entry(look, brief, brief, needless);
    }

    int width() {
      return SWATCH + 6 + (int) Math.ceil(Card.NOTE.width(words)) + GAP;
    }
  }
}
