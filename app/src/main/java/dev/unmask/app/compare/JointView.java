package dev.unmask.app.compare;

import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.Paintable;

/**
 * Compared runs at a playhead, in a size.
 *
 * @param other which run stands beside A, from 1
 * @param step of A
 * @param selection the selected position, −1 for none
 * @param firstRow the first position that is in view, where there is no room for all
 */
record JointView(
    ComparedRuns compared, int other, int step, int selection, int firstRow, int width, int height)
    implements Paintable<JointView> {
  /** Rows are never lower, so that two lines and their signs can be told apart. */
  private static final double LOWEST_ROW = 5;

  private static final double TALLEST_ROW = 22;

  private static final int GUTTER = 150;

  /** Above the rows: the title, two flags and the numbers of the axis. */
  private static final int HEAD = Card.PADDING + Card.LINE + 44;

  @Override
  public JointView sized(int newWidth, int newHeight) {
    return new JointView(compared, other, step, selection, firstRow, newWidth, newHeight);
  }

  /** The two runs on their axis. */
  JointLives lives() {
    return compared.others().get(other - 1);
  }

  /** x of the first place. */
  int left() {
    return Card.PADDING + Math.min(GUTTER, width / 4);
  }

  /** x of the last place. */
  int right() {
    return Math.max(left() + 1, width - Card.PADDING - 8);
  }

  int top() {
    return HEAD;
  }

  int bottom() {
    return Math.max(HEAD + 1, height - Card.PADDING + 2);
  }

  /** Base line of the axis' numbers. */
  int axisLine() {
    return HEAD - 8;
  }

  double x(double place) {
    return left() + compared.axis().share(place) * (right() - left());
  }

  /** The step of A that is nearest to x. */
  int stepAt(double x) {
    double share = Math.clamp((x - left()) / (right() - left()), 0, 1);
    return compared.stepAt(compared.axis().place(share));
  }

  double rowHeight() {
    double even = (bottom() - top()) / (double) Math.max(1, lives().pair().length());
    return Math.clamp(even, LOWEST_ROW, TALLEST_ROW);
  }

  /** How many rows there is room for. */
  int rows() {
    int room = (int) Math.floor((bottom() - top()) / rowHeight() + 1e-6);
    return Math.clamp(room, 1, Math.max(1, lives().pair().length()));
  }

  /** The first row in view, so that no room is left while there are more. */
  int first() {
    return Math.clamp(firstRow, 0, Math.max(0, lives().pair().length() - rows()));
  }

  /** The same with a position in view, moved no further than needed. */
  int firstShowing(int position) {
    return position < 0
        ? first()
        : Math.clamp(first(), position - rows() + 1, Math.max(0, position));
  }

  double y(int position) {
    return top() + (position - first() + 0.5) * rowHeight();
  }

  /** The position whose row holds y, −1 if none does. */
  int positionAt(double y) {
    int position = first() + (int) Math.floor((y - top()) / rowHeight());
    boolean within = y >= top() && position < Math.min(first() + rows(), lives().pair().length());
    return within ? position : -1;
  }
}
