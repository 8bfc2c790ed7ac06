package dev.unmask.engine.tensor;

import static dev.unmask.engine.tensor.Lanes.WIDTH;
import static dev.unmask.engine.tensor.Lanes.load;
import static dev.unmask.engine.tensor.Lanes.store;
import static dev.unmask.engine.tensor.Lanes.tail;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Operations on each value by itself, on one row, and their gradients. */
final class ElementKernels {
  private ElementKernels() {}

  /** out = x · y. */
  static void multiply(HostTensor x, HostTensor y, int row, HostTensor out) {
    int n = x.columns();
    long at = x.offset(row);
    for (int i = 0; i < n; i += WIDTH) {
      VectorMask<Float> mask = tail(i, n);
      FloatVector product = load(x.memory(), at, i, mask).mul(load(y.memory(), at, i, mask));
      store(product, out.memory(), at, i, mask);
    }
  }

  /** out = eˣ. */
  static void exp(HostTensor x, int row, HostTensor out) {
    int n = x.columns();
    long at = x.offset(row);
    for (int i = 0; i < n; i += WIDTH) {
      VectorMask<Float> mask = tail(i, n);
      store(Lanes.exp(load(x.memory(), at, i, mask)), out.memory(), at, i, mask);
    }
  }

  /** dx of out = eˣ. */
  static void expGradient(HostTensor x, HostTensor dOut, int row, HostTensor dx) {
    int n = x.columns();
    long at = x.offset(row);
    for (int i = 0; i < n; i += WIDTH) {
      VectorMask<Float> mask = tail(i, n);
      FloatVector slope = Lanes.exp(load(x.memory(), at, i, mask));
      store(load(dOut.memory(), at, i, mask).mul(slope), dx.memory(), at, i, mask);
    }
  }

  /** out = tanh(x). */
  static void tanh(HostTensor x, int row, HostTensor out) {
    int n = x.columns();
    long at = x.offset(row);
    for (int i = 0; i < n; i += WIDTH) {
      VectorMask<Float> mask = tail(i, n);
      store(tanh(load(x.memory(), at, i, mask)), out.memory(), at, i, mask);
    }
  }

  /** dx of out = tanh(x). */
  static void tanhGradient(HostTensor x, HostTensor dOut, int row, HostTensor dx) {
    int n = x.columns();
    long at = x.offset(row);
    for (int i = 0; i < n; i += WIDTH) {
      VectorMask<Float> mask = tail(i, n);
      FloatVector out = tanh(load(x.memory(), at, i, mask));
      FloatVector slope = out.mul(out).neg().add(1f);
      store(load(dOut.memory(), at, i, mask).mul(slope), dx.memory(), at, i, mask);
    }
  }

  private static FloatVector tanh(FloatVector x) {
    return Lanes.sigmoid(x.mul(2f)).mul(2f).sub(1f);
  }
}
