package dev.unmask.engine.tensor;

import static dev.unmask.engine.tensor.HostTensors.host;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.unmask.engine.tensor.Products.Operand;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The backward pass of each of {@link HostTensors}' operations, on its tensors and threads, as a
 * {@link Tape} asks for it. A name with d stands for the gradient of the loss by that value.
 * Gradients of weights are added to what is there; gradients of activations are overwritten unless
 * a method says otherwise.
 */
final class HostGradients {
  /** Columns of a table's gradient that a tile has. */
  private static final int TABLE_COLUMNS = 64;

  private final HostTensors forward;
  private final Workspace workspace;
  private final Products products;

  /** Gradients of these operations. */
  HostGradients(HostTensors forward) {
    this.forward = forward;
    this.workspace = forward.workspace();
    this.products = forward.products();
  }

  /** x = 0. */
  void clear(Tensor x) {
    host(x).memory().fill((byte) 0);
  }

  /** out = x. */
  void copy(Tensor x, Tensor out) {
    MemorySegment.copy(host(x).memory(), 0, host(out).memory(), 0, host(x).memory().byteSize());
  }

  /** dx = dOut · weight, for out = x · weightᵀ. */
  void linearInput(Tensor dOut, Tensor weight, Tensor dx) {
    Operand left = Operand.of(host(dOut));
    products.tiled(left, Operand.of(host(weight)), dOut.columns(), 0, host(dx));
  }

  /** dWeight = dWeight + dOutᵀ · x, for out = x · weightᵀ. */
  void linearWeight(Tensor dOut, Tensor x, Tensor dWeight) {
    Operand left = Operand.transpose(host(dOut));
    products.tiled(left, Operand.of(host(x)), dOut.rows(), 1, host(dWeight));
  }

  /** dBias = dBias + Σ dOut, for out = x + bias. */
  void bias(HostTensor dOut, HostTensor dBias) {
    int n = dOut.columns();
    sumRows(dOut.rows(), n, (row, part) -> RowGradients.add(part, 0, dOut, row), List.of(dBias));
  }

  /** dx = dx + …, and dGain = dGain + …, for out = rmsNorm(x). */
  void rmsNorm(Tensor x, Tensor gain, float epsilon, Tensor dOut, Tensor dx, Tensor dGain) {
    HostTensor values = host(x);
    int n = values.columns();
    sumRows(
        values.rows(),
        n,
        (row, part) -> {
          float r = RowKernels.inverseRms(values.memory(), values.offset(row), n, epsilon);
          float pull = r * r * RowGradients.dot(host(dOut), host(gain), values, row) / n;
          RowGradients.rmsNorm(values, host(gain), host(dOut), row, r, pull, host(dx), part);
        },
        List.of(host(dGain)));
  }

  /** dx = dx + …, dGain = dGain + … and dShift = dShift + …, for out = layerNorm(x). */
  void layerNorm(
      HostTensor x,
      HostTensor gain,
      float epsilon,
      HostTensor dOut,
      HostTensor dx,
      HostTensor dGain,
      HostTensor dShift) {
    sumRows(
        x.rows(),
        x.columns(),
        (row, part) -> RowGradients.layerNorm(x, gain, epsilon, dOut, row, dx, part),
        List.of(dGain, dShift));
  }

  /** dGate = dGate + Σ dOut · x and dShift = dShift + Σ dOut, for out = … + x · gate + shift. */
  void gated(HostTensor x, HostTensor dOut, HostTensor dGate, HostTensor dShift) {
    int n = x.columns();
    sumRows(
        x.rows(),
        n,
        (row, part) -> {
          RowGradients.addProduct(part, x, dOut, row);
          RowGradients.add(part, n, dOut, row);
        },
        List.of(dGate, dShift));
  }

  /** dx = dOut · gate, each row by itself; gate has one row. */
  void scale(HostTensor dOut, HostTensor gate, HostTensor dx) {
    workspace.eachRow(dOut.rows(), dOut.columns(), row -> RowKernels.scale(dOut, row, 1, gate, dx));
  }

  /** As {@link #layerNorm}, for out = groupNorm(x). */
  void groupNorm(
      HostTensor x,
      Grid grid,
      int groups,
      HostTensor gain,
      float epsilon,
      HostTensor dOut,
      HostTensor dx,
      HostTensor dGain,
      HostTensor dShift) {
    workspace.eachTile(
        groups,
        (group, lane) -> {
          for (int image = 0; image < grid.images(); image++) {
            GroupNorm norm = new GroupNorm(x, grid, image, groups, group, epsilon);
            norm.gradient(gain, dOut, dx);
            norm.affineGradient(dOut, dGain, dShift);
          }
        });
  }

  /** Adds what a row has for each of some vectors, which stand one after the other. */
  private interface RowSums {
    void add(int row, float[] sums);
  }

  /**
   * Adds to each of some vectors what every row has for it. The parts are a tile's, added in order,
   * so that the sums do not depend on who ran which tile.
   */
  private void sumRows(int rows, int columns, RowSums work, List<HostTensor> sums) {
    int step = Workspace.tileRows(columns);
    float[][] parts = new float[Math.ceilDiv(rows, step)][sums.size() * columns];
    workspace.eachTile(
        parts.length,
        (tile, lane) -> {
          int end = Math.min(rows, (tile + 1) * step);
          for (int row = tile * step; row < end; row++) {
            work.add(row, parts[tile]);
          }
        });
    for (int i = 0; i < sums.size(); i++) {
      MemorySegment sum = sums.get(i).memory();
      for (float[] part : parts) {
        for (int column = 0; column < columns; column++) {
          float more = part[i * columns + column];
          sum.setAtIndex(JAVA_FLOAT, column, sum.getAtIndex(JAVA_FLOAT, column) + more);
        }
      }
    }
  }

  /** Turns the gradients of turned queries and keys back, in place. */
  void rotary(Tensor dQkv, AttentionShape shape, int[] positions, double theta) {
    forward.applyRotary(host(dQkv), shape, positions, theta, -1);
  }

  /**
   * The queries' columns of dAsking, and the keys' and values' of dQkv, for out = attention(asking,
   * qkv); the probabilities are computed again.
   */
  void attention(
      Tensor asking,
      Tensor qkv,
      AttentionShape shape,
      AttentionMask mask,
      Tensor dOut,
      Tensor dAsking,
      Tensor dQkv) {
    int queries = asking.rows() / shape.sequences();
    long scores = (long) queries * shape.length();
    workspace.reserveScratch(2 * scores);
    int group = shape.heads() / shape.keyHeads();
    workspace.eachTile(
        shape.sequences() * shape.keyHeads(),
        (tile, lane) -> {
          HostTensor p = workspace.scratch(lane, 0, queries, shape.length());
          HostTensor dp = workspace.scratch(lane, scores, queries, shape.length());
          int sequence = tile / shape.keyHeads();
          int first = tile % shape.keyHeads() * group;
          for (int head = first; head < first + group; head++) {
            float keep = head == first ? 0 : 1;
            new AttentionHead(host(asking), host(qkv), shape, sequence, head)
                .gradient(products, lane, mask, host(dOut), p, dp, keep, host(dAsking), host(dQkv));
          }
        });
  }

  /** dx for out = swiglu(x). */
  void swiglu(Tensor x, Tensor dOut, Tensor dx) {
    workspace.eachRow(
        x.rows(), x.columns(), row -> RowGradients.swiglu(host(x), host(dOut), row, host(dx)));
  }

  /** dx for out = silu(x). */
  void silu(HostTensor x, HostTensor dOut, HostTensor dx) {
    workspace.eachRow(x.rows(), x.columns(), row -> RowGradients.silu(x, dOut, row, dx));
  }

  /** dx for out = gelu(x + bias). */
  void gelu(HostTensor x, HostTensor bias, HostTensor dOut, HostTensor dx) {
    workspace.eachRow(x.rows(), x.columns(), row -> RowGradients.gelu(x, bias, dOut, row, dx));
  }

  /** dx for out = exactGelu(x + bias). */
  void exactGelu(HostTensor x, HostTensor bias, HostTensor dOut, HostTensor dx) {
    workspace.eachRow(x.rows(), x.columns(), row -> RowGradients.exactGelu(x, bias, dOut, row, dx));
  }

  /** dTable[ids[i]] = dTable[ids[i]] + dOut[i], for out = embed(table, ids). */
  void embed(int[] ids, Tensor dOut, Tensor dTable) {
    HostTensor from = host(dOut);
    HostTensor to = host(dTable);
    workspace.eachTile(
        Math.ceilDiv(from.columns(), TABLE_COLUMNS),
        (tile, lane) -> {
          int column = tile * TABLE_COLUMNS;
          int count = Math.min(TABLE_COLUMNS, from.columns() - column);
          long skip = (long) column * Float.BYTES;
          for (int i = 0; i < ids.length; i++) {
            RowKernels.add(
                to.memory(), to.offset(ids[i]) + skip, from.memory(), from.offset(i) + skip, count);
          }
        });
  }

  /**
   * The loss Σᵢ weights[i] · −log softmax(logits[i])[targets[i]]. Its gradient is written over the
   * logits.
   *
   * @return −log softmax(logits[i])[targets[i]] of each row
   */
  float[] crossEntropy(Tensor logits, int[] targets, float[] weights) {
    HostTensor x = host(logits);
    int n = x.columns();
    float[] losses = new float[targets.length];
    workspace.eachRow(
        targets.length,
        n,
        row -> {
          long offset = x.offset(row);
          long target = offset + (long) targets[row] * Float.BYTES;
          float correct = x.memory().get(JAVA_FLOAT, target);
          float max = RowKernels.max(x.memory(), offset, n);
          float sum = RowKernels.expAndSum(x.memory(), offset, n, max);
          losses[row] = (float) (StrictMath.log(sum) + max - correct);
          RowKernels.multiply(x.memory(), offset, n, weights[row] / sum);
          float p = x.memory().get(JAVA_FLOAT, target);
          x.memory().set(JAVA_FLOAT, target, p - weights[row]);
        });
    return losses;
  }
}
