package dev.unmask.engine.arithmetic;

import java.util.Arrays;

/**
 * Where the greatest values of a row are, found without sorting it: the row is dealt out in turn to
 * {@value #STRANDS} strands, of which each knows its greatest value, and among the K greatest of
 * the row are none but those of strands whose own is among the K greatest.
 */
public final class Peaks {
  private static final int STRANDS = 256;

  private final float[] row;
  private final float[] peaks;

  /** Of a row that does not change any more. */
  public Peaks(float[] row) {
    this.row = row;
    peaks = Arrays.copyOf(row, Math.min(STRANDS, row.length));
    for (int first = STRANDS; first < row.length; first += STRANDS) {
      raise(peaks, row, first, Math.min(STRANDS, row.length - first));
    }
  }

  private static void raise(float[] peaks, float[] row, int first, int count) {
    for (int i = 0; i < count; i++) {
      peaks[i] = Math.max(peaks[i], row[first + i]);
    }
  }

  /** The greatest value; NaN if there is one, −∞ if the row is empty. */
  public float greatest() {
    float greatest = Float.NEGATIVE_INFINITY;
    for (float peak : peaks) {
      greatest = Math.max(greatest, peak);
    }
    return greatest;
  }

  /** The index of the greatest value, the first of equals. */
  public int index() {
    float greatest = greatest();
    int first = row.length;
    for (int strand = 0; strand < peaks.length; strand++) {
      if (peaks[strand] == greatest) {
        int i = strand;
        while (row[i] != greatest) {
          i += STRANDS;
        }
        first = Math.min(first, i);
      }
    }
    return first;
  }

  /**
   * The indexes of the greatest values, the greatest first, of equals the lower one.
   *
   * @param most fewer if the row is shorter
   */
  public int[] indexes(int most) {
    float least = least(most);
    int[] candidates = new int[most];
    int found = 0;
    for (int strand = 0; strand < peaks.length; strand++) {
      for (int i = strand; peaks[strand] >= least && i < row.length; i += STRANDS) {
        if (row[i] >= least) {
          candidates =
              found < candidates.length ? candidates : Arrays.copyOf(candidates, 2 * found);
          candidates[found++] = i;
        }
      }
    }
    return Ranking.descending(Arrays.stream(candidates, 0, found), row).limit(most).toArray();
  }

  /** A value that so many of the row reach. */
  private float least(int most) {
    if (most >= peaks.length) {
      return Float.NEGATIVE_INFINITY;
    }
    float[] descending = new float[most];
    Arrays.fill(descending, Float.NEGATIVE_INFINITY);
    for (float peak : peaks) {
      int place = most;
      while (place > 0 && peak > descending[place - 1]) {
        place--;
      }
      if (place < most) {
        System.arraycopy(descending, place, descending, place + 1, most - 1 - place);
        descending[place] = peak;
      }
    }
    return descending[most - 1];
  }
}
