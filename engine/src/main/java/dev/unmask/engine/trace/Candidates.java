package dev.unmask.engine.trace;

import java.util.Arrays;

/**
 * The most probable tokens at every position, best first.
 *
 * @param perPosition K
 * @param ids [length × K]; −1 where there is none
 * @param probabilities [length × K]; 0 where there is none
 */
public record Candidates(int perPosition, int[] ids, float[] probabilities) {
  /** K of the runs that are recorded here; a trace from elsewhere may have another. */
  public static final int KEPT = 8;

  /** So many at each of so many positions; fewer, or none in place of those there are not. */
  Candidates kept(int most, int length) {
    if (most == perPosition) {
      return this;
    }
    int[] keptIds = new int[length * most];
    float[] keptProbabilities = new float[length * most];
    Arrays.fill(keptIds, -1);
    for (int p = 0; p < length; p++) {
      int both = Math.min(most, perPosition);
      System.arraycopy(ids, p * perPosition, keptIds, p * most, both);
      System.arraycopy(probabilities, p * perPosition, keptProbabilities, p * most, both);
    }
    return new Candidates(most, keptIds, keptProbabilities);
  }
}
