package dev.unmask.app.tokens.timeline;

import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Span;
import dev.unmask.app.picture.View;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Where steps and positions are on a timeline, in pixels.
 *
 * @param left x of the first step in view
 * @param right x of the last step in view
 * @param axis base line of the step numbers
 * @param laneTop upper edge of the lanes
 * @param lanes how many there is room for
 * @param pinTop upper edge of the pinned rows
 * @param top upper edge of the other rows
 * @param bottom their lower edge
 * @param plannedSteps K, at least 1
 * @param length number of positions
 */
public record TimelineLayout(
    int left,
    int right,
    int axis,
    int laneTop,
    int lanes,
    int pinTop,
    int top,
    int bottom,
    int plannedSteps,
    int length,
    View view) {
  /** Height of the first lane and of the others. */
  static final int FIRST_LANE = 26;

  static final int LANE = 16;

  /** Height of the lane of breaches, where there are any or nobody knows. */
  static final int BREACH_LANE = 14;

  /** Height of a pinned row. */
  static final int PIN = 14;

  /** The width of the column of breakpoints. */
  static final int DOTS = 14;

  private static final int GUTTER = 112;

  /** From these heights on there is a lane more. */
  private static final int[] TALL_ENOUGH = {220, 250, 300, 330, 380, 420, 420};

  /** Of a frame. */
  public static TimelineLayout of(Frame frame) {
    int left = Card.PADDING + Math.min(GUTTER, frame.width() / 4);
    int axis = Card.PADDING + Card.head(frame) + 12;
    int laneTop = axis + 6 + (BreachPainter.hasLane(frame) ? BREACH_LANE : 0);
    int room = (int) IntStream.of(TALL_ENOUGH).filter(tall -> frame.height() >= tall).count();
    int lanes = Math.min(room, LanePainter.count(frame));
    int pinTop = laneTop + (lanes == 0 ? 0 : FIRST_LANE + (lanes - 1) * LANE + 5);
    int pins = frame.view().pinned().size() * PIN;
    int top = pinTop + (pins == 0 ? 0 : pins + 4);
    return new TimelineLayout(
        left,
        Math.max(left + 1, frame.width() - Card.PADDING - 6),
        axis,
        laneTop,
        lanes,
        pinTop,
        top,
        Math.max(top + 1, frame.height() - Card.PADDING),
        Math.max(1, frame.plannedSteps()),
        frame.state().length(),
        frame.view());
  }

  /** Whether it is the same for frames that differ in their steps alone. */
  public static boolean isSame(List<Frame> frames) {
    return frames.stream().map(frame -> frame.state().length()).distinct().count() == 1;
  }

  /** Where the names of rows may begin; breakpoints stand before them. */
  int labelsFrom() {
    return Card.PADDING + Math.min(DOTS, left / 4);
  }

  /** Where a step is; outside of {@link #left} to {@link #right} if it is out of view. */
  public double x(double step) {
    Span steps = view.steps();
    return left + (step / plannedSteps - steps.from()) / steps.size() * (right - left);
  }

  /** Pixels from a step to the next. */
  double stepWidth() {
    return (right - left) / (plannedSteps * view.steps().size());
  }

  /** The upper edge of a position's row. */
  public double rowTop(int position) {
    return top + (position - view.positions().from() * length) * rowHeight();
  }

  /** The band over a position's row, thick enough to be seen; none where the row is out of view. */
  Optional<Rectangle2D> band(int position) {
    if (position < 0 || y(position) < top || y(position) > bottom) {
      return Optional.empty();
    }
    double height = Math.max(rowHeight(), 2);
    return Optional.of(
        new Rectangle2D.Double(left, y(position) - height / 2, right - left, height));
  }

  /** The middle of a position's row. */
  double y(int position) {
    return rowTop(position) + rowHeight() / 2;
  }

  /** The middle of the so-manieth pinned row. */
  double pinY(int index) {
    return pinTop + (index + 0.5) * PIN;
  }

  /** How high a row is; less than a pixel in long sequences. */
  public double rowHeight() {
    return (bottom - top) / Math.max(1, length * view.positions().size());
  }

  /** The first position that is in view. */
  int firstRow() {
    return (int) Math.floor(view.positions().from() * length);
  }

  /** The position after the last that is in view. */
  int endRow() {
    return Math.min(length, (int) Math.ceil(view.positions().to() * length - 1e-9));
  }

  /** The step nearest to x, in range. */
  public int stepAt(double x) {
    return Math.clamp(Math.round(stepShare(x) * plannedSteps), 0, plannedSteps);
  }

  /** What share of the planned steps lies left of x. */
  public double stepShare(double x) {
    return view.steps().from() + (x - left) / (right - left) * view.steps().size();
  }

  /** What share of the positions lies above y. */
  public double positionShare(double y) {
    return view.positions().from() + (y - top) / (bottom - top) * view.positions().size();
  }

  /** The position whose row holds y, −1 if none does. */
  public int positionAt(double y) {
    if (y >= pinTop && y < pinTop + view.pinned().size() * PIN) {
      return view.pinned().get((int) ((y - pinTop) / PIN));
    }
    boolean within = y >= top && y < bottom && length > 0;
    return within ? Math.clamp((int) (positionShare(y) * length), 0, length - 1) : -1;
  }

  /** Whether a step is in view. */
  boolean shows(double step) {
    return x(step) >= left - 1 && x(step) <= right + 1;
  }

  /** The pinned positions. */
  List<Integer> pinned() {
    return view.pinned();
  }
}
