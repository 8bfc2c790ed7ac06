package dev.unmask.engine.denoiser.transformer;

import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Context;
import dev.unmask.engine.tensor.Tensor;
import dev.unmask.engine.tensor.TensorOps;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * What each layer of a transformer made of a sequence: queries, keys and values, a row a position;
 * the queries are not needed again, but so the layers write in place. It knows which sequence that
 * was.
 */
final class KvCache {
  private final List<Tensor> layers;
  private int[] ids = {};
  private Attention attention = Attention.FULL;
  private OptionalDouble time = OptionalDouble.empty();
  private int replacedFrom;
  private int replacedTo;

  private KvCache(List<Tensor> layers) {
    this.layers = layers;
  }

  /**
   * Room for a sequence; it holds none yet.
   *
   * @param layers how many there are
   */
  static KvCache allocate(TensorOps ops, TransformerShape shape, int layers, int positions) {
    return new KvCache(
        IntStream.range(0, layers)
            .mapToObj(_ -> ops.allocate(positions, shape.qkvColumns()))
            .toList());
  }

  /** For how many positions there is room. */
  int capacity() {
    return layers.isEmpty() ? 0 : layers.getFirst().rows();
  }

  /** All rows of a layer. */
  Tensor layer(int index) {
    return layers.get(index);
  }

  /** Its rows from a position on are about to be written over. */
  void forgetFrom(int position) {
    ids = Arrays.copyOf(ids, Math.min(position, ids.length));
    replacedTo = replacedFrom;
  }

  /** Its first rows are now those of this sequence. */
  void hold(int[] sequence, Attention seen, OptionalDouble told) {
    ids = sequence;
    attention = seen;
    time = told;
    replacedTo = replacedFrom;
  }

  /** Other tokens are about to take the rows of some positions of the sequence. */
  void replace(int from, int to) {
    replacedFrom = from;
    replacedTo = to;
  }

  /**
   * How many of its first rows are those of a sequence.
   *
   * @param from the first position that other tokens will take
   * @param to the position after the last
   */
  int held(Context.Earlier wanted, Attention seen, int from, int to) {
    if (!seen.equals(attention) || !wanted.time().equals(time)) {
      return 0;
    }
    boolean replaced = replacedFrom < replacedTo;
    boolean covered = !replaced || from <= replacedFrom && replacedTo <= to;
    if (covered && Arrays.equals(ids, wanted.ids())) {
      return ids.length;
    }
    int[] valid = replaced ? Arrays.copyOf(ids, Math.min(ids.length, replacedFrom)) : ids;
    int differs = Arrays.mismatch(valid, wanted.ids());
    return attention.closed(differs < 0 ? valid.length : differs);
  }
}
