package dev.unmask.engine.tensor;

import static dev.unmask.engine.tensor.Lanes.SPECIES;
import static dev.unmask.engine.tensor.Lanes.WIDTH;
import static dev.unmask.engine.tensor.Lanes.load;
import static dev.unmask.engine.tensor.Lanes.store;
import static dev.unmask.engine.tensor.Lanes.tail;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** The backward operations on one row; d names the gradient of the loss by a value. */
final class RowGradients {
  private RowGradients() {}

  /** Σ dyᵢ gainᵢ xᵢ. */
  static float dot(HostTensor dy, HostTensor gain, HostTensor x, int row) {
    int n = x.columns();
    long offset = x.offset(row);
    FloatVector sum = FloatVector.zero(SPECIES);
    int i = 0;
    for (; i < SPECIES.loopBound(n); i += WIDTH) {
      FloatVector product = load(dy.memory(), offset, i).mul(load(gain.memory(), 0, i));
      sum = product.fma(load(x.memory(), offset, i), sum);
    }
    if (i < n) {
      VectorMask<Float> mask = tail(i, n);
      FloatVector product = load(dy.memory(), offset, i, mask).mul(load(gain.memory(), 0, i, mask));
      sum = product.fma(load(x.memory(), offset, i, mask), sum);
    }
    return Lanes.sum(sum);
  }

  /**
   * The gradient of y = x · r · gain, where r = 1 / rms(x): dx = dx + r · (dy · gain − x · pull),
   * and dGain = dGain + dy · x · r.
   *
   * @param pull r² · mean(dy · gain · x)
   * @param dGain as many values as a row has
   */
  static void rmsNorm(
      HostTensor x,
      HostTensor gain,
      HostTensor dy,
      int row,
      float r,
      float pull,
      HostTensor dx,
      float[] dGain) {
    int n = x.columns();
    long offset = x.offset(row);
    for (int i = 0; i < n; i += WIDTH) {
      VectorMask<Float> mask = tail(i, n);
      FloatVector value = load(x.memory(), offset, i, mask);
      FloatVector slope = load(dy.memory(), offset, i, mask);
      FloatVector sum = FloatVector.fromArray(SPECIES, dGain, i, mask);
      slope.mul(value).mul(r).add(sum).intoArray(dGain, i, mask);
      FloatVector back = slope.mul(load(gain.memory(), 0, i, mask)).sub(value.mul(pull)).mul(r);
      store(load(dx.memory(), offset, i, mask).add(back), dx.memory(), offset, i, mask);
    }
  }

  /** dx of out = silu(gate) · up, where x holds the gates, then the ups. */
  static void swiglu(HostTensor x, HostTensor dOut, int row, HostTensor dx) {
    int n = dOut.columns();
    long from = x.offset(row);
    long slopes = dOut.offset(row);
    int i = 0;
    for (; i < SPECIES.loopBound(n); i += WIDTH) {
      FloatVector gate = load(x.memory(), from, i);
      FloatVector up = load(x.memory(), from, i + n);
      FloatVector slope = load(dOut.memory(), slopes, i);
      FloatVector sigmoid = Lanes.sigmoid(gate);
      store(slope.mul(up).mul(steepness(gate, sigmoid)), dx.memory(), from, i);
      store(slope.mul(gate.mul(sigmoid)), dx.memory(), from, i + n);
    }
    if (i < n) {
      VectorMask<Float> mask = tail(i, n);
      FloatVector gate = load(x.memory(), from, i, mask);
      FloatVector up = load(x.memory(), from, i + n, mask);
      FloatVector slope = load(dOut.memory(), slopes, i, mask);
      FloatVector sigmoid = Lanes.sigmoid(gate);
      store(slope.mul(up).mul(steepness(gate, sigmoid)), dx.memory(), from, i, mask);
      store(slope.mul(gate.mul(sigmoid)), dx.memory(), from, i + n, mask);
    }
  }

  /** silu′ = σ + silu · (1 − σ). */
  private static FloatVector steepness(FloatVector x, FloatVector sigmoid) {
    FloatVector silu = x.mul(sigmoid);
    return silu.sub(silu.mul(sigmoid)).add(sigmoid);
  }

  /** dx = p · (dp − Σ dp · p) · scale, written over dp, for p = softmax(x / scale⁻¹). */
  static void softmax(MemorySegment p, MemorySegment dp, long row, int n, float scale) {
    float mean = RowKernels.dot(p, row, dp, row, n);
    for (int i = 0; i < n; i += WIDTH) {
      VectorMask<Float> mask = tail(i, n);
      FloatVector slope = load(dp, row, i, mask).sub(mean).mul(scale);
      store(load(p, row, i, mask).mul(slope), dp, row, i, mask);
    }
  }
}
