package dev.unmask.engine.denoiser;

import dev.unmask.engine.InputException;
import dev.unmask.engine.tensor.AttentionMask;
import dev.unmask.engine.tensor.AttentionShape;
import dev.unmask.engine.tensor.Tensor;
import dev.unmask.engine.tensor.TensorOps;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/** What all transformers do: layer after layer, and logits of the rows asked for only. */
public abstract class Transformer implements TokenDenoiser {
  private final TransformerShape shape;
  private final TensorOps ops;
  private Activations buffers;
  private Asked asked;

  /** The rows that are asked for: the stream's end, its norm and their logits. */
  private record Asked(Tensor stream, Tensor normed, Tensor logits) {
    static Asked allocate(TensorOps ops, TransformerShape shape, int rows) {
      return new Asked(
          ops.allocate(rows, shape.width()),
          ops.allocate(rows, shape.width()),
          ops.allocate(rows, shape.vocabulary()));
    }
  }

  /**
   * A transformer whose weights its subclass holds.
   *
   * @param ops closed with this
   */
  protected Transformer(TransformerShape shape, TensorOps ops) {
    this.shape = shape;
    this.ops = ops;
    this.buffers = Activations.allocate(ops, shape, 1);
    this.asked = Asked.allocate(ops, shape, 1);
  }

  /** Writes the residual stream's start. */
  protected abstract void embed(int[] ids, OptionalDouble time, Tensor stream);

  /** First to last. */
  protected abstract List<? extends TransformerLayer> layers();

  /**
   * Reads the residual stream's end.
   *
   * @param normed scratch memory of the same shape
   */
  protected abstract void head(Tensor stream, Tensor normed, Tensor logits);

  /**
   * Mends a row after it was read.
   *
   * @param id of the token in its slot
   */
  protected void finish(float[] row, int id) {}

  /**
   * The time, for a transformer that must know it.
   *
   * @throws InputException if no time is told
   */
  protected static double told(OptionalDouble time) {
    return time.orElseThrow(
        () ->
            new InputException(
                "The model must be told the time, and the sampler tells none; choose another"
                    + " sampler."));
  }

  @Override
  public int vocabularySize() {
    return shape.vocabulary();
  }

  @Override
  public int contextLength() {
    return shape.contextLength();
  }

  @Override
  public RowMeaning rowMeaning() {
    return RowMeaning.CLEAN_LOGITS;
  }

  /** With guidance, the unconditional sequence is the second of a batch of two. */
  @Override
  public Prediction predict(Request request) {
    int[] rows = request.rows();
    if (request.guidance().isEmpty()) {
      return new Prediction(rows, forward(request, request.ids(), rows));
    }
    Guidance guidance = request.guidance().get();
    int length = request.ids().length;
    float[][] both =
        forward(
            request,
            concatenate(request.ids(), guidance.unconditional()),
            concatenate(rows, Arrays.stream(rows).map(row -> row + length).toArray()));
    for (int i = 0; i < rows.length; i++) {
      guidance.apply(both[i], both[rows.length + i]);
    }
    return new Prediction(rows, Arrays.copyOf(both, rows.length));
  }

  private static int[] concatenate(int[] first, int[] second) {
    return IntStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
  }

  /**
   * Logits of the rows asked for, counted through all sequences.
   *
   * @param ids of one or two sequences
   */
  private float[][] forward(Request request, int[] ids, int[] rows) {
    checkIds(ids);
    reserve(ids.length);
    int length = request.ids().length;
    int sequences = ids.length / length;
    int[] positions =
        sequences == 1
            ? request.positions()
            : concatenate(request.positions(), request.positions());
    boolean causal = request.attention() == Attention.CAUSAL;
    AttentionShape heads = shape.attention(sequences, length, causal);
    AttentionMask mask =
        causal ? AttentionMask.NONE : request.attention().mask(request.positions());
    Activations views = buffers.first(ops, ids.length);
    embed(ids, request.time(), views.stream());
    for (TransformerLayer layer : layers()) {
      stopIfInterrupted();
      layer.project(ops, views, heads, positions);
      ops.attention(views.qkv(), heads, mask, views.mixed());
      layer.feed(ops, views);
    }
    return rows.length == 0 ? new float[0][] : logits(views.stream(), ids, rows);
  }

  private float[][] logits(Tensor stream, int[] ids, int[] rows) {
    if (rows.length > asked.logits().rows()) {
      asked = Asked.allocate(ops, shape, Math.max(rows.length, 2 * asked.logits().rows()));
    }
    Tensor wanted = ops.firstRows(asked.stream(), rows.length);
    Tensor scores = ops.firstRows(asked.logits(), rows.length);
    ops.gather(stream, rows, wanted);
    head(wanted, ops.firstRows(asked.normed(), rows.length), scores);
    float[][] result = new float[rows.length][shape.vocabulary()];
    for (int i = 0; i < rows.length; i++) {
      ops.read(scores, i, result[i]);
      finish(result[i], ids[rows[i]]);
    }
    return result;
  }

  /** Grows by doubling, because a back end frees nothing before it is closed. */
  private void reserve(int rows) {
    if (rows > buffers.rows()) {
      buffers = Activations.allocate(ops, shape, Math.max(rows, 2 * buffers.rows()));
    }
  }

  private void checkIds(int[] ids) {
    for (int id : ids) {
      if (id < 0 || id >= shape.vocabulary()) {
        throw new IllegalArgumentException(
            "token " + id + " is not among the " + shape.vocabulary() + " that the model knows");
      }
    }
  }

  private static void stopIfInterrupted() {
    if (Thread.interrupted()) {
      throw new CancellationException("interrupted between layers");
    }
  }

  @Override
  public void close() {
    ops.close();
  }
}
