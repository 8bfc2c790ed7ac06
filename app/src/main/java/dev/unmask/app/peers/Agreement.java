package dev.unmask.app.peers;

import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Whether two programs computed the same.
 *
 * @param alike whether they did, but for rounding
 * @param words how far the results lie apart
 */
record Agreement(boolean alike, String words) {
  /** What rounding may do, as a share of the greatest value. */
  private static final double ROUNDING = 1e-2;

  static Agreement of(PeerWork work, float[] ours, float[] theirs) {
    if (ours.length != theirs.length) {
      return new Agreement(false, "%d values, not %d".formatted(theirs.length, ours.length));
    }
    return work instanceof PeerWork.Generation ? tokens(ours, theirs) : values(ours, theirs);
  }

  /** Where two tokens are nearly as probable, rounding may choose, and all that follows differs. */
  private static Agreement tokens(float[] ours, float[] theirs) {
    long differing = IntStream.range(0, ours.length).filter(i -> ours[i] != theirs[i]).count();
    return new Agreement(
        true,
        differing == 0
            ? "the same tokens"
            : "%d of %d tokens differ".formatted(differing, ours.length));
  }

  private static Agreement values(float[] ours, float[] theirs) {
    double apart = 0;
    double greatest = 0;
    for (int i = 0; i < ours.length; i++) {
      double difference = Math.abs((double) ours[i] - theirs[i]);
      apart = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(apart, difference);
      greatest = Math.max(greatest, Math.abs(ours[i]));
    }
    boolean alike = apart <= ROUNDING * greatest;
    String words = String.format(Locale.ROOT, "%.1e apart, of %.2g", apart, greatest);
    return new Agreement(alike, alike ? words : "computes something else: " + words);
  }
}
