package dev.unmask.engine.tensor;

import static dev.unmask.engine.tensor.Lanes.SPECIES;
import static dev.unmask.engine.tensor.Lanes.WIDTH;
import static dev.unmask.engine.tensor.Lanes.load;
import static dev.unmask.engine.tensor.Lanes.tail;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** What {@link TensorOps#rowStatistics} tells of a row of logits. */
final class RowStatistics {
  /** How many they are. */
  static final int COUNT = 4;

  /** A logit so far below the greatest has a probability of 0, also one of −∞. */
  static final float LEAST = -87;

  private RowStatistics() {}

  /** Writes those of a row, which is looked through three times. */
  static void of(HostTensor x, int row, HostTensor out) {
    float greatest = RowKernels.max(x.memory(), x.offset(row), x.columns());
    var weights = new Strands();
    var products = new Strands();
    int n = x.columns();
    long from = x.offset(row);
    int i = 0;
    for (; i < SPECIES.loopBound(n); i += WIDTH) {
      FloatVector distance = load(x.memory(), from, i).sub(greatest).max(LEAST);
      FloatVector weight = Lanes.exp(distance);
      weights.add(i, weight);
      products.addProduct(i, weight, distance);
    }
    if (i < n) {
      VectorMask<Float> mask = tail(i, n);
      FloatVector zero = FloatVector.zero(SPECIES);
      FloatVector distance = load(x.memory(), from, i, mask).sub(greatest).max(LEAST);
      FloatVector weight = zero.blend(Lanes.exp(distance), mask);
      weights.add(i, weight);
      products.addProduct(i, weight, zero.blend(distance, mask));
    }
    float sum = weights.sum();
    double logarithm = StrictMath.log(sum);
    long to = out.offset(row);
    float[] statistics = {
      greatest,
      column(x, row, greatest),
      (float) (greatest + logarithm),
      // −Σ p log p, where p = e^d / sum and d is a logit's distance from the greatest
      (float) (logarithm - products.sum() / sum)
    };
    for (int k = 0; k < COUNT; k++) {
      out.memory().set(JAVA_FLOAT, to + (long) k * Float.BYTES, statistics[k]);
    }
  }

  /** The first column with that value. */
  private static int column(HostTensor x, int row, float value) {
    int n = x.columns();
    for (int i = 0; i < n; i += WIDTH) {
      VectorMask<Float> mask = tail(i, n);
      VectorMask<Float> there =
          load(x.memory(), x.offset(row), i, mask).compare(VectorOperators.EQ, value, mask);
      if (there.anyTrue()) {
        return i + there.firstTrue();
      }
    }
    return n;
  }
}
