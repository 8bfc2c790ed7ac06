package dev.unmask.engine.tensor;

import java.util.List;

/**
 * The operations that a transformer's forward pass is made of. Each implementation allocates its
 * own tensors and takes no others'. Results do not depend on the number of threads.
 */
public interface TensorOps extends AutoCloseable {
  /** Whether this program's own kernels compute, whose results have the same bits everywhere. */
  boolean ownKernels();

  /** A matrix of zeros. */
  Tensor allocate(int rows, int columns);

  /**
   * A matrix that is read only by {@link #embed}, {@link #linear} and {@link #linearAdd}, as their
   * table or weight. A back end may leave it where it is stored, and as it is stored.
   *
   * @param parts one below the other
   */
  Tensor stored(int columns, List<StoredRows> parts);

  /**
   * A matrix that is read as {@link #stored} says and does not change, in memory of its own: what
   * holds the parts may go. A back end may lay it out as its products read it.
   */
  default Tensor fixed(int columns, List<StoredRows> parts) {
    return stored(columns, parts);
  }

  /** The first rows of a matrix, sharing its memory. */
  default Tensor firstRows(Tensor tensor, int rows) {
    return rows(tensor, 0, rows);
  }

  /** Rows of a matrix from {@code first} on, sharing its memory. */
  Tensor rows(Tensor tensor, int first, int count);

  /** Copies values in, row-major from row {@code firstRow}; {@code values} holds whole rows. */
  void write(Tensor tensor, int firstRow, float[] values);

  /** Copies a row out. */
  void read(Tensor tensor, int row, float[] into);

  /** Copies all rows out, one after the other. */
  default float[] read(Tensor tensor) {
    float[] values = new float[tensor.rows() * tensor.columns()];
    float[] row = new float[tensor.columns()];
    for (int i = 0; i < tensor.rows(); i++) {
      read(tensor, i, row);
      System.arraycopy(row, 0, values, i * row.length, row.length);
    }
    return values;
  }

  /** out[i] = table[ids[i]]. */
  void embed(Tensor table, int[] ids, Tensor out);

  /** out[i] = x[rows[i]]. */
  void gather(Tensor x, int[] rows, Tensor out);

  /** out = x / sqrt(mean(x²) + epsilon) · gain, each row by itself; gain has one row. */
  void rmsNorm(Tensor x, Tensor gain, float epsilon, Tensor out);

  /**
   * out = (x − mean(x)) / sqrt(variance(x) + epsilon) · gain + shift, each row by itself; gain and
   * shift have one row (https://arxiv.org/abs/1607.06450).
   */
  void layerNorm(Tensor x, Tensor gain, Tensor shift, float epsilon, Tensor out);

  /** out = x · weightᵀ; weight is [out features × in features]. */
  void linear(Tensor x, Tensor weight, Tensor out);

  /** out = out + x · weightᵀ. */
  void linearAdd(Tensor x, Tensor weight, Tensor out);

  /**
   * Turns the queries and keys of a fused matrix in place, halves of a head paired as in LLaMA:
   * angle position · theta^(−2i / headSize) (https://arxiv.org/abs/2104.09864, equation 34).
   *
   * @param positions one for each row
   */
  void rotary(Tensor qkv, AttentionShape shape, int[] positions, double theta);

  /** out = softmax(q · kᵀ / sqrt(headSize)) · v, head by head, each sequence by itself. */
  default void attention(Tensor qkv, AttentionShape shape, Tensor out) {
    attention(qkv, shape, AttentionMask.NONE, out);
  }

  /** The same, where a query sees only the keys that a mask shows it. */
  default void attention(Tensor qkv, AttentionShape shape, AttentionMask mask, Tensor out) {
    attention(qkv, qkv, shape, mask, out);
  }

  /**
   * The same for the queries of another matrix with the same columns, which has equally many rows
   * for each sequence, as out has.
   */
  void attention(Tensor asking, Tensor qkv, AttentionShape shape, AttentionMask mask, Tensor out);

  /**
   * out = silu(gate) · up, where x holds the gates in its first half of columns and the ups in its
   * second.
   */
  void swiglu(Tensor x, Tensor out);

  /** out = silu(x), x / (1 + e⁻ˣ) (https://arxiv.org/abs/1606.08415, section 4). */
  void silu(Tensor x, Tensor out);

  /**
   * x = gelu(x + bias) in its tanh form, 0.5 y (1 + tanh(√(2/π) (y + 0.044715 y³))); bias has one
   * row (https://arxiv.org/abs/1606.08415, section 2).
   */
  void gelu(Tensor x, Tensor bias);

  /**
   * x = gelu(x + bias) in its exact form, y Φ(y), where Φ is the distribution function of the
   * normal distribution; bias has one row (https://arxiv.org/abs/1606.08415, equation 1).
   */
  void exactGelu(Tensor x, Tensor bias);

  /** out = out + x. */
  void add(Tensor x, Tensor out);

  /** out = out + bias, each row by itself; bias has one row. */
  void addBias(Tensor bias, Tensor out);

  /** out = out + x · gate + shift, each row by itself; gate and shift have one row. */
  void addGated(Tensor x, Tensor gate, Tensor shift, Tensor out);

  /**
   * Of each row of logits, which need not leave the device for this: the greatest; its column, the
   * first of equals; log Σ eˣ, so that a logit less this is the logarithm of its probability; and
   * the entropy of softmax(x), in nats. In float32: what decides in a run is computed in float64
   * elsewhere.
   *
   * @param x of fewer than 2²⁴ columns; no NaN or +∞, and in each row a value above −∞
   * @param out of four columns
   */
  void rowStatistics(Tensor x, Tensor out);

  /** Frees everything that it allocated. */
  @Override
  void close();
}
