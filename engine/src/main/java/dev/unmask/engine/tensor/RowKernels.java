package dev.unmask.engine.tensor;

import static dev.unmask.engine.tensor.Lanes.SPECIES;
import static dev.unmask.engine.tensor.Lanes.WIDTH;
import static dev.unmask.engine.tensor.Lanes.load;
import static dev.unmask.engine.tensor.Lanes.store;
import static dev.unmask.engine.tensor.Lanes.tail;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The forward operations on one row. A row is a memory, the offset in bytes at which it begins, and
 * a number of values.
 */
final class RowKernels {
  private RowKernels() {}

  /** Σ xᵢ yᵢ. */
  static float dot(MemorySegment x, long xRow, MemorySegment y, long yRow, int n) {
    Strands sum = new Strands();
    int i = 0;
    for (; i < SPECIES.loopBound(n); i += WIDTH) {
      sum.addProduct(i, load(x, xRow, i), load(y, yRow, i));
    }
    if (i < n) {
      VectorMask<Float> mask = tail(i, n);
      sum.addProduct(i, load(x, xRow, i, mask), load(y, yRow, i, mask));
    }
    return sum.sum();
  }

  /** 1 / sqrt(mean(x²) + epsilon). */
  static float inverseRms(MemorySegment x, long row, int n, float epsilon) {
    return (float) (1 / Math.sqrt(dot(x, row, x, row, n) / n + epsilon));
  }

  /** out = x · scale · gain. */
  static void scale(HostTensor x, int row, float scale, HostTensor gain, HostTensor out) {
    int n = x.columns();
    long offset = x.offset(row);
    int i = 0;
    for (; i < SPECIES.loopBound(n); i += WIDTH) {
      FloatVector value = load(x.memory(), offset, i).mul(scale);
      store(value.mul(load(gain.memory(), 0, i)), out.memory(), offset, i);
    }
    if (i < n) {
      VectorMask<Float> mask = tail(i, n);
      FloatVector value = load(x.memory(), offset, i, mask).mul(scale);
      store(value.mul(load(gain.memory(), 0, i, mask)), out.memory(), offset, i, mask);
    }
  }

  /** x = x + y. */
  static void add(MemorySegment x, long xRow, MemorySegment y, long yRow, int n) {
    int i = 0;
    for (; i < SPECIES.loopBound(n); i += WIDTH) {
      store(load(x, xRow, i).add(load(y, yRow, i)), x, xRow, i);
    }
    if (i < n) {
      VectorMask<Float> mask = tail(i, n);
      store(load(x, xRow, i, mask).add(load(y, yRow, i, mask)), x, xRow, i, mask);
    }
  }

  /** x = x + y. */
  static void add(MemorySegment x, long xRow, float[] y) {
    int n = y.length;
    int i = 0;
    for (; i < SPECIES.loopBound(n); i += WIDTH) {
      store(load(x, xRow, i).add(FloatVector.fromArray(SPECIES, y, i)), x, xRow, i);
    }
    if (i < n) {
      VectorMask<Float> mask = tail(i, n);
      FloatVector sum = load(x, xRow, i, mask).add(FloatVector.fromArray(SPECIES, y, i, mask));
      store(sum, x, xRow, i, mask);
    }
  }

  /** x = x · factor. */
  static void multiply(MemorySegment x, long row, int n, float factor) {
    int i = 0;
    for (; i < SPECIES.loopBound(n); i += WIDTH) {
      store(load(x, row, i).mul(factor), x, row, i);
    }
    if (i < n) {
      VectorMask<Float> mask = tail(i, n);
      store(load(x, row, i, mask).mul(factor), x, row, i, mask);
    }
  }

  /** The greatest of n values. */
  static float max(MemorySegment x, long row, int n) {
    FloatVector greatest = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    int i = 0;
    for (; i < SPECIES.loopBound(n); i += WIDTH) {
      greatest = greatest.max(load(x, row, i));
    }
    if (i < n) {
      VectorMask<Float> mask = tail(i, n);
      greatest = greatest.lanewise(VectorOperators.MAX, load(x, row, i, mask), mask);
    }
    return greatest.reduceLanes(VectorOperators.MAX);
  }

  /** x = exp(x − shift); returns the sum of the results. */
  static float expAndSum(MemorySegment x, long row, int n, float shift) {
    Strands sum = new Strands();
    int i = 0;
    for (; i < SPECIES.loopBound(n); i += WIDTH) {
      FloatVector e = Lanes.exp(load(x, row, i).sub(shift));
      sum.add(i, e);
      store(e, x, row, i);
    }
    if (i < n) {
      VectorMask<Float> mask = tail(i, n);
      FloatVector e = Lanes.exp(load(x, row, i, mask).sub(shift));
      sum.add(i, FloatVector.zero(SPECIES).blend(e, mask));
      store(e, x, row, i, mask);
    }
    return sum.sum();
  }

  /** x = softmax(x). */
  static void softmax(MemorySegment x, long row, int n) {
    float sum = expAndSum(x, row, n, max(x, row, n));
    multiply(x, row, n, 1 / sum);
  }

  /** out = silu(gate) · up; x holds the gates, then the ups. */
  static void swiglu(HostTensor x, int row, HostTensor out) {
    int n = out.columns();
    long from = x.offset(row);
    long to = out.offset(row);
    int i = 0;
    for (; i < SPECIES.loopBound(n); i += WIDTH) {
      FloatVector gate = load(x.memory(), from, i);
      FloatVector up = load(x.memory(), from, i + n);
      store(gate.mul(Lanes.sigmoid(gate)).mul(up), out.memory(), to, i);
    }
    if (i < n) {
      VectorMask<Float> mask = tail(i, n);
      FloatVector gate = load(x.memory(), from, i, mask);
      FloatVector up = load(x.memory(), from, i + n, mask);
      store(gate.mul(Lanes.sigmoid(gate)).mul(up), out.memory(), to, i, mask);
    }
  }

  /**
   * Turns the pairs (xᵢ, xᵢ₊ₕ) of a head by angles whose cosines and sines are at {@code angle}.
   *
   * @param half h, half the size of the head
   * @param direction 1, or −1 to turn back
   */
  static void applyRotary(
      MemorySegment x,
      long head,
      float[] cosines,
      float[] sines,
      int angle,
      int half,
      float direction) {
    int i = 0;
    for (; i < SPECIES.loopBound(half); i += WIDTH) {
      FloatVector cosine = FloatVector.fromArray(SPECIES, cosines, angle + i);
      FloatVector sine = FloatVector.fromArray(SPECIES, sines, angle + i).mul(direction);
      FloatVector first = load(x, head, i);
      FloatVector second = load(x, head, i + half);
      store(first.mul(cosine).sub(second.mul(sine)), x, head, i);
      store(second.mul(cosine).add(first.mul(sine)), x, head, i + half);
    }
    for (; i < half; i++) {
      long at = head + (long) i * Float.BYTES;
      long pair = at + (long) half * Float.BYTES;
      float first = x.get(JAVA_FLOAT, at);
      float second = x.get(JAVA_FLOAT, pair);
      float sine = sines[angle + i] * direction;
      x.set(JAVA_FLOAT, at, first * cosines[angle + i] - second * sine);
      x.set(JAVA_FLOAT, pair, second * cosines[angle + i] + first * sine);
    }
  }
}
