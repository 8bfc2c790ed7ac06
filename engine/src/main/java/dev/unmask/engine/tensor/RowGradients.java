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
  private static final float INVERSE_ROOT_TWO_PI = 0.39894228f;

  private RowGradients() {}

  /** Σ dyᵢ gainᵢ xᵢ. */
  static float dot(HostTensor dy, HostTensor gain, HostTensor x, int row) {
    int n = x.columns();
    long offset = x.offset(row);
    Strands sum = new Strands();
    for (int i = 0; i < n; i += WIDTH) {
      VectorMask<Float> mask = tail(i, n);
      FloatVector product = load(dy.memory(), offset, i, mask).mul(load(gain.memory(), 0, i, mask));
      sum.addProduct(i, product, load(x.memory(), offset, i, mask));
    }
    return sum.sum();
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

  /** The columns of {@code sums} from {@code first} on, plus a row. */
  static void add(float[] sums, int first, HostTensor x, int row) {
    int n = x.columns();
    for (int i = 0; i < n; i += WIDTH) {
      VectorMask<Float> mask = tail(i, n);
      FloatVector sum = FloatVector.fromArray(SPECIES, sums, first + i, mask);
      sum.add(load(x.memory(), x.offset(row), i, mask)).intoArray(sums, first + i, mask);
    }
  }

  /** The first columns of {@code sums}, plus the product of two rows. */
  static void addProduct(float[] sums, HostTensor x, HostTensor y, int row) {
    int n = x.columns();
    long offset = x.offset(row);
    for (int i = 0; i < n; i += WIDTH) {
      VectorMask<Float> mask = tail(i, n);
      FloatVector sum = FloatVector.fromArray(SPECIES, sums, i, mask);
      load(x.memory(), offset, i, mask)
          .fma(load(y.memory(), offset, i, mask), sum)
          .intoArray(sums, i, mask);
    }
  }

  /**
   * The gradient of y = x̂ · gain + shift, where x̂ = (x − mean(x)) · r: dx = dx + r · (dy · gain −
   * mean(dy · gain) − x̂ · mean(dy · gain · x̂)), dGain = dGain + dy · x̂ and dShift = dShift + dy.
   *
   * @param sums dGain, then dShift
   */
  static void layerNorm(
      HostTensor x,
      HostTensor gain,
      float epsilon,
      HostTensor dy,
      int row,
      HostTensor dx,
      float[] sums) {
    int n = x.columns();
    long offset = x.offset(row);
    float mean = AffineKernels.sum(x.memory(), offset, n) / n;
    float r = AffineKernels.inverseDeviation(x.memory(), offset, n, mean, epsilon);
    Strands slopes = new Strands();
    Strands pulls = new Strands();
    for (int i = 0; i < n; i += WIDTH) {
      VectorMask<Float> mask = tail(i, n);
      FloatVector normed = load(x.memory(), offset, i, mask).sub(mean, mask).mul(r);
      FloatVector slope = load(dy.memory(), offset, i, mask).mul(load(gain.memory(), 0, i, mask));
      slopes.add(i, slope);
      pulls.addProduct(i, slope, normed);
    }
    float level = slopes.sum() / n;
    float pull = pulls.sum() / n;
    for (int i = 0; i < n; i += WIDTH) {
      VectorMask<Float> mask = tail(i, n);
      FloatVector normed = load(x.memory(), offset, i, mask).sub(mean).mul(r);
      FloatVector slope = load(dy.memory(), offset, i, mask);
      FloatVector gains = FloatVector.fromArray(SPECIES, sums, i, mask);
      slope.fma(normed, gains).intoArray(sums, i, mask);
      FloatVector back = slope.mul(load(gain.memory(), 0, i, mask)).sub(level);
      FloatVector sum = load(dx.memory(), offset, i, mask);
      store(back.sub(normed.mul(pull)).fma(broadcast(r), sum), dx.memory(), offset, i, mask);
    }
    add(sums, n, dy, row);
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  /** dx of out = silu(x). */
  static void silu(HostTensor x, HostTensor dOut, int row, HostTensor dx) {
    int n = x.columns();
    long offset = x.offset(row);
    for (int i = 0; i < n; i += WIDTH) {
      VectorMask<Float> mask = tail(i, n);
      FloatVector value = load(x.memory(), offset, i, mask);
      FloatVector steep = steepness(value, Lanes.sigmoid(value));
      store(load(dOut.memory(), offset, i, mask).mul(steep), dx.memory(), offset, i, mask);
    }
  }

  /**
   * dx of out = gelu(y), y = x + bias, in its tanh form y σ(z), z = c (y + a y³): its derivative is
   * σ + y σ (1 − σ) c (1 + 3 a y²).
   */
  static void gelu(HostTensor x, HostTensor bias, HostTensor dOut, int row, HostTensor dx) {
    int n = x.columns();
    long offset = x.offset(row);
    for (int i = 0; i < n; i += WIDTH) {
      VectorMask<Float> mask = tail(i, n);
      FloatVector y = load(x.memory(), offset, i, mask).add(load(bias.memory(), 0, i, mask));
      FloatVector cube = y.mul(y).mul(AffineKernels.GELU_CUBE);
      FloatVector sigmoid = Lanes.sigmoid(cube.mul(y).add(y).mul(AffineKernels.GELU_SCALE));
      FloatVector inner = cube.mul(3f).add(1f).mul(AffineKernels.GELU_SCALE);
      FloatVector silu = y.mul(sigmoid);
      FloatVector steep = silu.sub(silu.mul(sigmoid)).fma(inner, sigmoid);
      store(load(dOut.memory(), offset, i, mask).mul(steep), dx.memory(), offset, i, mask);
    }
  }

  /** dx of out = y Φ(y), y = x + bias: Φ + y φ, where φ(y) = e^(−y²/2) / √(2π). */
  static void exactGelu(HostTensor x, HostTensor bias, HostTensor dOut, int row, HostTensor dx) {
    int n = x.columns();
    long offset = x.offset(row);
    for (int i = 0; i < n; i += WIDTH) {
      VectorMask<Float> mask = tail(i, n);
      FloatVector y = load(x.memory(), offset, i, mask).add(load(bias.memory(), 0, i, mask));
      FloatVector density = Lanes.exp(y.mul(y).mul(-0.5f)).mul(INVERSE_ROOT_TWO_PI);
      FloatVector steep = y.fma(density, Lanes.normalDistribution(y));
      store(load(dOut.memory(), offset, i, mask).mul(steep), dx.memory(), offset, i, mask);
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
