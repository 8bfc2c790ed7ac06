package dev.unmask.engine.tensor;

import static dev.unmask.engine.tensor.HostTensors.host;
import static dev.unmask.engine.tensor.Lanes.WIDTH;
import static dev.unmask.engine.tensor.Lanes.load;
import static dev.unmask.engine.tensor.Lanes.store;
import static dev.unmask.engine.tensor.Lanes.tail;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.unmask.engine.tensor.Products.Operand;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.VectorMask;

/**
 * Muon (https://kellerjordan.github.io/posts/muon) for one matrix: momentum 0.95 with Nesterov's
 * look-ahead, made nearly orthogonal by five Newton-Schulz iterations and scaled by 0.2 times the
 * root of the larger side, which makes it about as large as AdamW's
 * (https://arxiv.org/abs/2502.16982, equation 4).
 */
record Muon(HostTensor weight, HostTensor gradient, HostTensor momentum) {
  private static final float KEEP = 0.95f;
  private static final int ITERATIONS = 5;
  // The iteration x ← a x + b (x xᵀ) x + c (x xᵀ)² x, chosen by its author to be steep at 0.
  private static final float A = 3.4445f;
  private static final float B = -4.7750f;
  private static final float C = 2.0315f;

  static Muon ofPart(HostUpdates.Orthogonal matrix, int part) {
    int rows = matrix.partRows();
    return new Muon(
        host(matrix.weight()).slice(part * rows, rows),
        host(matrix.gradient()).slice(part * rows, rows),
        host(matrix.momentum()).slice(part * rows, rows));
  }

  private int rows() {
    return weight.rows();
  }

  private int columns() {
    return weight.columns();
  }

  private int smallerSide() {
    return Math.min(rows(), columns());
  }

  private int values() {
    return rows() * columns();
  }

  /** Scratch memory that an update needs. */
  long scratchValues() {
    return 2L * values() + 2L * smallerSide() * smallerSide();
  }

  /** One update, on the thread of a lane. */
  void update(Products products, int lane, HostTensor scratch, HostUpdates.Size size) {
    HostTensor x = scratch.reshape(0, rows(), columns());
    lookAhead(size.gradientScale(), x);
    float norm = (float) Math.sqrt(RowKernels.dot(x.memory(), 0, x.memory(), 0, values()));
    RowKernels.multiply(x.memory(), 0, values(), 1 / (norm + 1e-7f));
    HostTensor other = scratch.reshape(values(), rows(), columns());
    for (int i = 0; i < ITERATIONS; i++) {
      iterate(products, lane, x, other, scratch);
      HostTensor swapped = x;
      x = other;
      other = swapped;
    }
    float scale = size.rate() * 0.2f * (float) Math.sqrt(Math.max(rows(), columns()));
    descend(x, scale, 1 - size.rate() * size.decay());
  }

  /** momentum = keep · momentum + g; x = g + keep · momentum. */
  private void lookAhead(float gradientScale, HostTensor x) {
    for (int i = 0; i < values(); i += WIDTH) {
      VectorMask<Float> mask = tail(i, values());
      var g = load(gradient.memory(), 0, i, mask).mul(gradientScale);
      var m = load(momentum.memory(), 0, i, mask).mul(KEEP).add(g);
      store(m, momentum.memory(), 0, i, mask);
      store(m.mul(KEEP).add(g), x.memory(), 0, i, mask);
    }
  }

  /** next = (a + b s + c s²) x, where s = x xᵀ; for a tall x = x (a + b s + c s²), s = xᵀ x. */
  private void iterate(
      Products products, int lane, HostTensor x, HostTensor next, HostTensor scratch) {
    int n = smallerSide();
    boolean tall = rows() > columns();
    HostTensor square = scratch.reshape(2L * values(), n, n);
    HostTensor mix = scratch.reshape(2L * values() + (long) n * n, n, n);
    Operand wide = new Operand(x.block(0, 0), tall);
    products.selfProduct(lane, wide, values() / n, 1, 0, square);
    MemorySegment.copy(square.memory(), 0, mix.memory(), 0, mix.memory().byteSize());
    products.selfProduct(lane, Operand.of(square), n, C, B, mix);
    for (int i = 0; i < n; i++) {
      long diagonal = i * (n + 1L);
      mix.memory()
          .setAtIndex(JAVA_FLOAT, diagonal, mix.memory().getAtIndex(JAVA_FLOAT, diagonal) + A);
    }
    Operand first = Operand.of(tall ? x : mix);
    Operand second = Operand.of(tall ? mix : x);
    products.single(lane, first, second, rows(), columns(), n, 1, 0, next.block(0, 0));
  }

  private void descend(HostTensor direction, float scale, float keep) {
    for (int i = 0; i < values(); i += WIDTH) {
      VectorMask<Float> mask = tail(i, values());
      var w = load(weight.memory(), 0, i, mask).mul(keep);
      var u = load(direction.memory(), 0, i, mask).mul(scale);
      store(w.sub(u), weight.memory(), 0, i, mask);
    }
  }
}
