package dev.unmask.app.picture;

/**
 * How a sequence is shown: as cells of one size that all have room, or flowing as a text that is
 * scrolled.
 *
 * @param type the em of the text, in pixels; 0 for cells
 * @param from how much of the text lies above what is in view, in pixels
 */
public record TextView(double type, double from) {
  /** All at once. */
  public static final TextView CELLS = new TextView(0, 0);

  private static final double FIRST = 13;
  private static final double SMALLEST = 9;
  private static final double LARGEST = 40;

  /** Whether it flows as a text. */
  public boolean flows() {
    return type > 0;
  }

  /** The other way: from cells to a text from its start, or back. */
  public TextView turned() {
    return flows() ? CELLS : new TextView(FIRST, 0);
  }

  /** Larger above a factor of 1; cells become a text, and a text that is small enough cells. */
  public TextView zoomed(double factor) {
    if (!flows()) {
      return factor > 1 ? turned() : this;
    }
    double size = Math.min(type * factor, LARGEST);
    return size < SMALLEST ? CELLS : new TextView(size, from * size / type);
  }

  /** Scrolled to a place; a layout says how far there is to go. */
  public TextView at(double place) {
    return new TextView(type, Math.max(0, place));
  }
}
