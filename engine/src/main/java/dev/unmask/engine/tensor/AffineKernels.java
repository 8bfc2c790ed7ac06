package dev.unmask.engine.tensor;

import static dev.unmask.engine.tensor.Lanes.WIDTH;
import static dev.unmask.engine.tensor.Lanes.load;
import static dev.unmask.engine.tensor.Lanes.store;
import static dev.unmask.engine.tensor.Lanes.tail;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** The forward operations on one row in which another row is added: biases, shifts, gates. */
final class AffineKernels {
  /** 2 √(2/π): 0.5 (1 + tanh(z)) is the sigmoid of 2 z. */
  static final float GELU_SCALE = 1.5957691216f;

  static final float GELU_CUBE = 0.044715f;

  private AffineKernels() {}

  /** out = (x − mean) / sqrt(variance + epsilon) · gain + shift. */
  static void layerNorm(
      HostTensor x, int row, HostTensor gain, HostTensor shift, float epsilon, HostTensor out) {
    int n = x.columns();
    long from = x.offset(row);
    long to = out.offset(row);
    float mean = sum(x.memory(), from, n) / n;
    float scale = inverseDeviation(x.memory(), from, n, mean, epsilon);
    for (int i = 0; i < n; i += WIDTH) {
      VectorMask<Float> mask = tail(i, n);
      FloatVector normed = load(x.memory(), from, i, mask).sub(mean).mul(scale);
      FloatVector shifted =
          normed.fma(load(gain.memory(), 0, i, mask), load(shift.memory(), 0, i, mask));
      store(shifted, out.memory(), to, i, mask);
    }
  }

  static float sum(MemorySegment x, long row, int n) {
    Strands sum = new Strands();
    for (int i = 0; i < n; i += WIDTH) {
      sum.add(i, load(x, row, i, tail(i, n)));
    }
    return sum.sum();
  }

  static float inverseDeviation(MemorySegment x, long row, int n, float mean, float epsilon) {
    Strands sum = new Strands();
    for (int i = 0; i < n; i += WIDTH) {
      VectorMask<Float> mask = tail(i, n);
      FloatVector distance = load(x, row, i, mask).sub(mean, mask);
      sum.addProduct(i, distance, distance);
    }
    return (float) (1 / Math.sqrt(sum.sum() / n + epsilon));
  }

  /** out = silu(x). */
  static void silu(HostTensor x, int row, HostTensor out) {
    int n = x.columns();
    long at = x.offset(row);
    for (int i = 0; i < n; i += WIDTH) {
      VectorMask<Float> mask = tail(i, n);
      FloatVector value = load(x.memory(), at, i, mask);
      store(value.mul(Lanes.sigmoid(value)), out.memory(), at, i, mask);
    }
  }

  /** x = gelu(x + bias), in its tanh form. */
  static void gelu(HostTensor x, int row, HostTensor bias) {
    int n = x.columns();
    long at = x.offset(row);
    for (int i = 0; i < n; i += WIDTH) {
      VectorMask<Float> mask = tail(i, n);
      FloatVector y = load(x.memory(), at, i, mask).add(load(bias.memory(), 0, i, mask));
      FloatVector z = y.mul(y).mul(y).mul(GELU_CUBE).add(y).mul(GELU_SCALE);
      store(y.mul(Lanes.sigmoid(z)), x.memory(), at, i, mask);
    }
  }

  /** x = gelu(x + bias), in its exact form. */
  static void exactGelu(HostTensor x, int row, HostTensor bias) {
    int n = x.columns();
    long at = x.offset(row);
    for (int i = 0; i < n; i += WIDTH) {
      VectorMask<Float> mask = tail(i, n);
      FloatVector y = load(x.memory(), at, i, mask).add(load(bias.memory(), 0, i, mask));
      store(y.mul(Lanes.normalDistribution(y)), x.memory(), at, i, mask);
    }
  }

  /** out = out + x · gate + shift. */
  static void addGated(HostTensor x, int row, HostTensor gate, HostTensor shift, HostTensor out) {
    int n = x.columns();
    long from = x.offset(row);
    long to = out.offset(row);
    for (int i = 0; i < n; i += WIDTH) {
      VectorMask<Float> mask = tail(i, n);
      FloatVector shifted = load(out.memory(), to, i, mask).add(load(shift.memory(), 0, i, mask));
      FloatVector sum =
          load(x.memory(), from, i, mask).fma(load(gate.memory(), 0, i, mask), shifted);
      store(sum, out.memory(), to, i, mask);
    }
  }
}
