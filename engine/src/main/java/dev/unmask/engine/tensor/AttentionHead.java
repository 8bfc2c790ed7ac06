package dev.unmask.engine.tensor;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.unmask.engine.tensor.Products.Operand;

/**
 * One query head of one sequence inside fused query-key-value matrices.
 *
 * @param asking whose queries ask
 * @param qkv whose keys and values answer
 */
record AttentionHead(
    HostTensor asking, HostTensor qkv, AttentionShape shape, int sequence, int head) {
  private int firstRow() {
    return sequence * shape.length();
  }

  private int firstQuery() {
    return sequence * (asking.rows() / shape.sequences());
  }

  private int keyHead() {
    return head * shape.keyHeads() / shape.heads();
  }

  private int queryColumn() {
    return head * shape.headSize();
  }

  private int keyColumn() {
    return (shape.heads() + keyHead()) * shape.headSize();
  }

  private int valueColumn() {
    return keyColumn() + shape.keyHeads() * shape.headSize();
  }

  /** 1 / sqrt(headSize). */
  float scale() {
    return (float) (1 / Math.sqrt(shape.headSize()));
  }

  /** Queries from position {@code first} on, in this or a matrix of the same layout. */
  HostTensor.Block queries(HostTensor in, int first) {
    return in.block(firstQuery() + first, queryColumn());
  }

  /** Keys in this or a matrix of the same layout. */
  HostTensor.Block keys(HostTensor in) {
    return in.block(firstRow(), keyColumn());
  }

  /** Values in this or a matrix of the same layout. */
  HostTensor.Block values(HostTensor in) {
    return in.block(firstRow(), valueColumn());
  }

  /** Results from position {@code first} on, in a matrix of all heads' results. */
  HostTensor.Block results(HostTensor in, int first) {
    return in.block(firstQuery() + first, queryColumn());
  }

  /** out = softmax(q · kᵀ · scale + mask), a row for each query. */
  void probabilities(Products products, int lane, AttentionMask mask, HostTensor out) {
    int length = shape.length();
    products.single(
        lane,
        new Operand(queries(asking, 0), false),
        new Operand(keys(qkv), true),
        out.rows(),
        length,
        shape.headSize(),
        scale(),
        0,
        out.block(0, 0));
    for (int row = 0; row < out.rows(); row++) {
      Keys seen = mask.seen(row, length);
      int end = seen.end();
      hide(seen, end, out, row, Float.NEGATIVE_INFINITY);
      RowKernels.softmax(out.memory(), out.offset(row), end);
      hide(seen, length, out, row, 0);
    }
  }

  /** Writes a value over those of the first keys that are not seen. */
  private static void hide(Keys seen, int keys, HostTensor out, int row, float value) {
    long first = (long) row * out.columns();
    for (int key = 0; key < keys; key++) {
      if (!seen.contains(key)) {
        out.memory().setAtIndex(JAVA_FLOAT, first + key, value);
      }
    }
  }

  /**
   * Writes dq into dAsking, and dk and dv into dQkv; with {@code keep} 1 dk and dv are added to
   * what is there.
   *
   * @param dOut the gradient of all heads' results
   * @param p scratch memory for queries × length values
   * @param dp the same
   */
  void gradient(
      Products products,
      int lane,
      AttentionMask mask,
      HostTensor dOut,
      HostTensor p,
      HostTensor dp,
      float keep,
      HostTensor dAsking,
      HostTensor dQkv) {
    int asked = p.rows();
    int length = shape.length();
    int size = shape.headSize();
    probabilities(products, lane, mask, p);
    Operand dResults = new Operand(results(dOut, 0), false);
    Operand scores = Operand.transpose(p);
    products.single(lane, scores, dResults, length, size, asked, 1, keep, values(dQkv));
    Operand values = new Operand(values(qkv), true);
    products.single(lane, dResults, values, asked, length, size, 1, 0, dp.block(0, 0));
    for (int row = 0; row < asked; row++) {
      RowGradients.softmax(p.memory(), dp.memory(), p.offset(row), length, scale());
    }
    Operand keys = new Operand(keys(qkv), false);
    products.single(lane, Operand.of(dp), keys, asked, size, length, 1, 0, queries(dAsking, 0));
    Operand queries = new Operand(queries(asking, 0), false);
    products.single(lane, Operand.transpose(dp), queries, length, size, asked, 1, keep, keys(dQkv));
  }
}
