package dev.unmask.app.timeline;

import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.Frame;

/**
 * Where steps and positions are on a timeline, in pixels.
 *
 * @param left x of step 0
 * @param right x of the last planned step
 * @param axis base line of the step numbers
 * @param laneTop upper edge of the lane of counts; where there is no room for it, its lower edge
 * @param laneBottom lower edge of the lane
 * @param top upper edge of position 0
 * @param bottom lower edge of the last position
 * @param plannedSteps K, at least 1
 * @param length number of positions
 */
record TimelineLayout(
    int left,
    int right,
    int axis,
    int laneTop,
    int laneBottom,
    int top,
    int bottom,
    int plannedSteps,
    int length) {
  private static final int GUTTER = 84;
  private static final int LANE = 26;
  private static final int TALL_ENOUGH_FOR_LANE = 220;

  static TimelineLayout of(Frame frame) {
    int left = Card.PADDING + Math.min(GUTTER, frame.width() / 4);
    int axis = Card.PADDING + Card.LINE + 12;
    int laneTop = axis + 6;
    int laneBottom = frame.height() >= TALL_ENOUGH_FOR_LANE ? laneTop + LANE : laneTop;
    int top = laneBottom + 5;
    return new TimelineLayout(
        left,
        Math.max(left + 1, frame.width() - Card.PADDING - 6),
        axis,
        laneTop,
        laneBottom,
        top,
        Math.max(top + 1, frame.height() - Card.PADDING),
        Math.max(1, frame.plannedSteps()),
        frame.state().length());
  }

  /** Where a step is. */
  double x(double step) {
    return left + step * (right - left) / plannedSteps;
  }

  /** The middle of a position's row. */
  double y(int position) {
    return rowTop(position) + rowHeight() / 2;
  }

  /** The upper edge of a position's row. */
  double rowTop(int position) {
    return top + position * rowHeight();
  }

  /** How high a row is; less than a pixel in long sequences. */
  double rowHeight() {
    return (double) (bottom - top) / Math.max(1, length);
  }

  /** The step nearest to x, in range. */
  int stepAt(double x) {
    return Math.clamp(Math.round((x - left) * plannedSteps / (right - left)), 0, plannedSteps);
  }

  /** The position whose row holds y, −1 if none does. */
  int positionAt(double y) {
    return y < top || y >= bottom ? -1 : Math.min(length - 1, (int) ((y - top) / rowHeight()));
  }
}
