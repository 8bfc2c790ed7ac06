package dev.unmask.engine.tensor;

/**
 * How the columns and rows of a fused query-key-value matrix are to be read. It has {@code
 * sequences × length} rows; its columns are the queries of all heads, then the keys, then the
 * values of all key heads, each {@code headSize} wide. Query head h attends with key head h ·
 * keyHeads / heads.
 */
public record AttentionShape(int sequences, int length, int heads, int keyHeads, int headSize) {
  /** Rows of the matrix. */
  public int rows() {
    return sequences * length;
  }

  /** Columns of the queries, and of attention's result. */
  public int queryColumns() {
    return heads * headSize;
  }

  /** Columns of the whole matrix. */
  public int columns() {
    return (heads + 2 * keyHeads) * headSize;
  }
}
