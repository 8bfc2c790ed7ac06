package dev.unmask.engine.tensor;

import static dev.unmask.engine.tensor.HostTensors.host;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.unmask.engine.tensor.Products.Operand;
import java.lang.foreign.MemorySegment;

/**
 * The backward pass of each of {@link HostTensors}' operations, on its tensors and threads. A name
 * with d stands for the gradient of the loss by that value. Gradients of weights are added to what
 * is there; gradients of activations are overwritten unless a method says otherwise.
 */
public final class HostGradients {
  /** Columns of a table's gradient that a tile has. */
  private static final int TABLE_COLUMNS = 64;

  private final HostTensors forward;
  private final Workspace workspace;
  private final Products products;

  /** Gradients of these operations. */
  public HostGradients(HostTensors forward) {
    this.forward = forward;
    this.workspace = forward.workspace();
    this.products = forward.products();
  }

  /** x = 0. */
  public void clear(Tensor x) {
    host(x).memory().fill((byte) 0);
  }

  /** out = x. */
  public void copy(Tensor x, Tensor out) {
    MemorySegment.copy(host(x).memory(), 0, host(out).memory(), 0, host(x).memory().byteSize());
  }

  /** out = out + x. */
  public void add(Tensor x, Tensor out) {
    HostTensor from = host(x);
    HostTensor to = host(out);
    workspace.eachRow(
        from.rows(),
        from.columns(),
        row ->
            RowKernels.add(
                to.memory(), to.offset(row), from.memory(), from.offset(row), from.columns()));
  }

  /** dx = dOut · weight, for out = x · weightᵀ. */
  public void linearInput(Tensor dOut, Tensor weight, Tensor dx) {
    Operand left = Operand.of(host(dOut));
    products.tiled(left, Operand.of(host(weight)), dOut.columns(), 0, host(dx));
  }

  /** dWeight = dWeight + dOutᵀ · x, for out = x · weightᵀ. */
  public void linearWeight(Tensor dOut, Tensor x, Tensor dWeight) {
    Operand left = Operand.transpose(host(dOut));
    products.tiled(left, Operand.of(host(x)), dOut.rows(), 1, host(dWeight));
  }

  /** dx = dx + …, and dGain = dGain + …, for out = rmsNorm(x). */
  public void rmsNorm(Tensor x, Tensor gain, float epsilon, Tensor dOut, Tensor dx, Tensor dGain) {
    HostTensor values = host(x);
    int n = values.columns();
    int step = Workspace.tileRows(n);
    float[][] partial = new float[Math.ceilDiv(values.rows(), step)][n];
    workspace.eachTile(
        partial.length,
        (tile, lane) -> {
          int end = Math.min(values.rows(), (tile + 1) * step);
          for (int row = tile * step; row < end; row++) {
            float r = RowKernels.inverseRms(values.memory(), values.offset(row), n, epsilon);
            float pull = r * r * RowGradients.dot(host(dOut), host(gain), values, row) / n;
            RowGradients.rmsNorm(
                values, host(gain), host(dOut), row, r, pull, host(dx), partial[tile]);
          }
        });
    MemorySegment sum = host(dGain).memory();
    for (float[] part : partial) {
      for (int i = 0; i < n; i++) {
        sum.setAtIndex(JAVA_FLOAT, i, sum.getAtIndex(JAVA_FLOAT, i) + part[i]);
      }
    }
  }

  /** Turns the gradients of turned queries and keys back, in place. */
  public void rotary(Tensor dQkv, AttentionShape shape, int[] positions, double theta) {
    forward.turn(host(dQkv), shape, positions, theta, -1);
  }

  /** dQkv for out = attention(qkv); the probabilities are computed again. */
  public void attention(
      Tensor qkv, AttentionShape shape, AttentionMask mask, Tensor dOut, Tensor dQkv) {
    long scores = (long) shape.length() * shape.length();
    workspace.reserveScratch(2 * scores);
    int group = shape.heads() / shape.keyHeads();
    workspace.eachTile(
        shape.sequences() * shape.keyHeads(),
        (tile, lane) -> {
          HostTensor p = workspace.scratch(lane, 0, shape.length(), shape.length());
          HostTensor dp = workspace.scratch(lane, scores, shape.length(), shape.length());
          int sequence = tile / shape.keyHeads();
          int first = tile % shape.keyHeads() * group;
          for (int head = first; head < first + group; head++) {
            float keep = head == first ? 0 : 1;
            new AttentionHead(host(qkv), host(qkv), shape, sequence, head)
                .gradient(mask, host(dOut), p, dp, keep, host(dQkv));
          }
        });
  }

  /** dx for out = swiglu(x). */
  public void swiglu(Tensor x, Tensor dOut, Tensor dx) {
    workspace.eachRow(
        x.rows(), x.columns(), row -> RowGradients.swiglu(host(x), host(dOut), row, host(dx)));
  }

  /** dTable[ids[i]] = dTable[ids[i]] + dOut[i], for out = embed(table, ids). */
  public void embed(int[] ids, Tensor dOut, Tensor dTable) {
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

  /** dx[rows[i]] = dOut[i] and 0 elsewhere, for out = gather(x, rows). */
  public void gather(int[] rows, Tensor dOut, Tensor dx) {
    clear(dx);
    HostTensor from = host(dOut);
    HostTensor to = host(dx);
    for (int i = 0; i < rows.length; i++) {
      MemorySegment.copy(
          from.memory(), from.offset(i), to.memory(), to.offset(rows[i]), from.offset(1));
    }
  }

  /**
   * The loss Σᵢ weights[i] · −log softmax(logits[i])[targets[i]]. Its gradient is written over the
   * logits.
   *
   * @return −log softmax(logits[i])[targets[i]] of each row
   */
  public float[] crossEntropy(Tensor logits, int[] targets, float[] weights) {
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
          losses[row] = (float) (Math.log(sum) + max - correct);
          RowKernels.multiply(x.memory(), offset, n, weights[row] / sum);
          float p = x.memory().get(JAVA_FLOAT, target);
          x.memory().set(JAVA_FLOAT, target, p - weights[row]);
        });
    return losses;
  }
}
