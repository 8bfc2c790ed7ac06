package dev.unmask.app.picture;

/**
 * The part of an axis that is in view, in shares of the whole.
 *
 * @param from at least 0
 * @param to at most 1, more than {@code from}
 */
public record Span(double from, double to) {
  /** All of it. */
  public static final Span WHOLE = new Span(0, 1);

  /** How much of the axis is in view. */
  public double size() {
    return to - from;
  }

  /** Whether something is out of view. */
  public boolean zoomed() {
    return size() < 1;
  }

  /**
   * Closer or further, with one place staying where it is.
   *
   * @param place a share of the whole axis
   * @param factor above 1 is closer
   * @param least how much must stay in view
   */
  public Span zoom(double place, double factor, double least) {
    double size = Math.clamp(size() / factor, Math.min(least, 1), 1);
    return at(place - (place - from) * size / size(), size);
  }

  /** Moved by so much of the whole axis, as far as there is more. */
  public Span pan(double distance) {
    return at(from + distance, size());
  }

  /** Moved no further than needed to have a place in view. */
  public Span reveal(double place) {
    return pan(Math.min(0, place - from) + Math.max(0, place - to));
  }

  private static Span at(double from, double size) {
    double start = Math.clamp(from, 0, 1 - size);
    return new Span(start, start + size);
  }
}
