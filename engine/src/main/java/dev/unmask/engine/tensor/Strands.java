package dev.unmask.engine.tensor;

import static dev.unmask.engine.tensor.Lanes.SPECIES;
import static dev.unmask.engine.tensor.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * A sum of many values in one fixed order, however many lanes a register has: value i is added to
 * strand i mod 16, and the strands are then folded, halves onto each other.
 */
final class Strands {
  private static final int COUNT = 16;

  private final float[] sums = new float[COUNT];

  /** Adds the values from {@code index} on, a multiple of WIDTH; absent ones are 0. */
  void add(int index, FloatVector values) {
    int at = index & (COUNT - WIDTH);
    FloatVector.fromArray(SPECIES, sums, at).add(values).intoArray(sums, at);
  }

  /** Adds x · y, rounded once, of the values from {@code index} on. */
  void addProduct(int index, FloatVector x, FloatVector y) {
    int at = index & (COUNT - WIDTH);
    x.fma(y, FloatVector.fromArray(SPECIES, sums, at)).intoArray(sums, at);
  }

  /** The sum; nothing is added afterwards. */
  float sum() {
    for (int half = COUNT / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        sums[i] += sums[i + half];
      }
    }
    return sums[0];
  }
}
