package dev.unmask.engine.denoiser.transformer;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.CheckpointTensors;
import dev.unmask.engine.denoiser.Context;
import dev.unmask.engine.denoiser.Guidance;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.safetensors.Weights;
import dev.unmask.engine.tensor.AttentionMask;
import dev.unmask.engine.tensor.AttentionShape;
import dev.unmask.engine.tensor.Tensor;
import dev.unmask.engine.tensor.TensorOps;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What all transformers do: layer after layer, and logits of the rows asked for only. */
public abstract class Transformer implements TokenDenoiser {
  private final TransformerShape shape;
  private final Optional<Weights> weights;
  private final TensorOps ops;
  private Activations buffers;
  private Asked asked;
  private KvCache keyValues;

  /** The rows that are asked for: the stream's end, its norm and their logits. */
  private record Asked(Tensor stream, Tensor normed, Tensor logits) {
    static Asked allocate(TensorOps ops, TransformerShape shape, int rows) {
      return new Asked(
          ops.allocate(rows, shape.width()),
          ops.allocate(rows, shape.width()),
          ops.allocate(rows, shape.predicted()));
    }
  }

  /**
   * A transformer whose weights its subclass holds.
   *
   * @param tensors whose weights and operations are closed with this
   */
  protected Transformer(TransformerShape shape, CheckpointTensors tensors) {
    this(shape, tensors.ops(), Optional.of(tensors.weights()));
  }

  /**
   * The same of weights that are in no file.
   *
   * @param ops closed with this
   */
  protected Transformer(TransformerShape shape, TensorOps ops) {
    this(shape, ops, Optional.empty());
  }

  private Transformer(TransformerShape shape, TensorOps ops, Optional<Weights> weights) {
    this.shape = shape;
    this.weights = weights;
    this.ops = ops;
    this.buffers = Activations.allocate(ops, shape, 1);
    this.asked = Asked.allocate(ops, shape, 1);
    this.keyValues = KvCache.allocate(ops, shape, 0, 0);
  }

  /** Writes the residual stream's start. */
  protected abstract void embed(Sequences sequences, Tensor stream);

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
   * A sequence's time, for a transformer that must know it.
   *
   * @throws InputException if no time is told
   */
  protected static double told(Sequences sequences, int sequence) {
    if (sequences.times().length == 0) {
      throw new InputException(
          "The model must be told the time, and the sampler tells none; choose another sampler.");
    }
    return sequences.times()[sequence];
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

  @Override
  public boolean keepsContext() {
    return true;
  }

  /** Those of a context that must be computed again are not among them. */
  @Override
  public long multiplyAdds(Request request) {
    int slots = request.ids().length;
    int keys =
        request.context() instanceof Context.Earlier earlier
            ? Math.max(request.positions()[slots - 1] + 1, earlier.ids().length)
            : slots;
    long one = shape.multiplyAdds(layers().size(), slots, keys, request.rows().length);
    return request.guidance().isPresent() ? 2 * one : one;
  }

  @Override
  public Prediction predict(Request request) {
    checkIds(request.ids());
    float[][] logits =
        switch (request.context()) {
          case Context.None _ when request.guidance().isPresent() ->
              guided(request, request.guidance().get());
          case Context.None _ -> apart(request, request.ids(), request.rows());
          case Context.Kept _ -> kept(request);
          case Context.Earlier earlier -> among(request, earlier);
        };
    return new Prediction(request.rows(), logits);
  }

  /** The unconditional sequence is the second of a batch of two. */
  private float[][] guided(Request request, Guidance guidance) {
    checkIds(guidance.unconditional());
    int[] rows = request.rows();
    int length = request.ids().length;
    float[][] both =
        apart(
            request,
            concatenate(request.ids(), guidance.unconditional()),
            concatenate(rows, Arrays.stream(rows).map(row -> row + length).toArray()));
    for (int i = 0; i < rows.length; i++) {
      guidance.apply(both[i], both[rows.length + i]);
    }
    return Arrays.copyOf(both, rows.length);
  }

  private static int[] concatenate(int[] first, int[] second) {
    return IntStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
  }

  /**
   * Logits of the rows asked for, counted through all sequences, of which nothing is kept.
   *
   * @param ids of one or two sequences
   */
  private float[][] apart(Request request, int[] ids, int[] rows) {
    int count = ids.length / request.ids().length;
    int[] positions =
        count == 1 ? request.positions() : concatenate(request.positions(), request.positions());
    double[] times = request.time().stream().flatMap(t -> DoubleStream.of(t, t)).toArray();
    Sequences sequences =
        new Sequences(count, ids, positions, Arrays.copyOf(times, Math.min(times.length, count)));
    boolean causal = request.attention() == Attention.CAUSAL;
    AttentionMask mask =
        causal ? AttentionMask.NONE : request.attention().mask(request.positions());
    Tensor stream = stream(sequences, causal, mask, Transformer::stopIfInterrupted);
    return read(stream, ids, rows);
  }

  /**
   * The forward pass of sequences of which nothing is kept.
   *
   * @param causal whether a position sees only those before it and itself
   * @param mask which other positions of its sequence each one sees
   * @param rows counted through all sequences; at least one
   * @return a row of logits for each of these
   */
  public final Tensor forward(Sequences sequences, boolean causal, AttentionMask mask, int[] rows) {
    return logits(stream(sequences, causal, mask, () -> {}), rows);
  }

  /** The residual stream's end. */
  private Tensor stream(
      Sequences sequences, boolean causal, AttentionMask mask, Runnable betweenLayers) {
    AttentionShape heads = shape.attention(sequences.count(), sequences.length(), causal);
    Activations views = views(sequences.ids().length);
    embed(sequences, views.stream());
    for (TransformerLayer layer : layers()) {
      betweenLayers.run();
      // self-attention: softmax(q kᵀ / √d + mask) v
      layer.project(ops, views, heads, sequences.positions());
      ops.attention(views.qkv(), heads, mask, views.mixed());
      layer.feed(ops, views);
    }
    return views.stream();
  }

  /** Logits of a sequence's rows, whose keys and values are kept. */
  private float[][] kept(Request request) {
    int[] ids = request.ids();
    reservePositions(ids.length);
    keyValues.forgetFrom(0);
    Tensor stream = inPlace(ids, 0, ids.length, request.attention(), request.time());
    keyValues.hold(ids, request.attention(), request.time());
    return read(stream, ids, request.rows());
  }

  /** Logits of the rows of slots that stand among what was kept. */
  private float[][] among(Request request, Context.Earlier earlier) {
    int from = request.positions()[0];
    int to = from + request.ids().length;
    int known = earlier.ids().length;
    if (request.guidance().isPresent()
        || from > known
        || request.positions()[to - from - 1] != to - 1) {
      throw new IllegalArgumentException(
          "slots in a context must follow one another without a gap, and without guidance");
    }
    reservePositions(Math.max(to, known));
    Attention attention = request.attention();
    int held = keyValues.held(earlier, attention, from, to);
    if (held < known) {
      checkIds(earlier.ids());
      keyValues.forgetFrom(held);
      int[] missing = Arrays.copyOfRange(earlier.ids(), held, known);
      inPlace(missing, held, known, attention, earlier.time());
      keyValues.hold(earlier.ids(), attention, earlier.time());
    }
    keyValues.replace(from, to);
    Tensor stream = inPlace(request.ids(), from, Math.max(to, known), attention, request.time());
    return read(stream, request.ids(), request.rows());
  }

  /**
   * The residual stream's end of tokens that take the rows from a position on.
   *
   * @param length of the whole sequence, whose other rows are there
   */
  private Tensor inPlace(
      int[] ids, int from, int length, Attention attention, OptionalDouble time) {
    int[] all = IntStream.range(0, length).toArray();
    int[] positions = Arrays.copyOfRange(all, from, from + ids.length);
    AttentionMask mask = attention.mask(all, from, ids.length);
    AttentionShape heads = shape.attention(1, length, false);
    Activations views = views(ids.length);
    embed(new Sequences(1, ids, positions, time.stream().toArray()), views.stream());
    for (int i = 0; i < layers().size(); i++) {
      stopIfInterrupted();
      TransformerLayer layer = layers().get(i);
      Tensor qkv = keyValues.layer(i);
      Activations rows = views.withQkv(ops.rows(qkv, from, ids.length));
      layer.project(ops, rows, heads, positions);
      ops.attention(rows.qkv(), ops.firstRows(qkv, length), heads, mask, rows.mixed());
      layer.feed(ops, rows);
    }
    return views.stream();
  }

  private Tensor logits(Tensor stream, int[] rows) {
    if (rows.length > asked.logits().rows()) {
      asked = Asked.allocate(ops, shape, Math.max(rows.length, 2 * asked.logits().rows()));
    }
    Tensor wanted = ops.firstRows(asked.stream(), rows.length);
    Tensor logits = ops.firstRows(asked.logits(), rows.length);
    ops.gather(stream, rows, wanted);
    head(wanted, ops.firstRows(asked.normed(), rows.length), logits);
    return logits;
  }

  private float[][] read(Tensor stream, int[] ids, int[] rows) {
    if (rows.length == 0) {
      return new float[0][];
    }
    Tensor logits = logits(stream, rows);
    float[][] result = new float[rows.length][shape.vocabulary()];
    for (int i = 0; i < rows.length; i++) {
      Arrays.fill(result[i], shape.predicted(), shape.vocabulary(), Float.NEGATIVE_INFINITY);
      ops.read(logits, i, result[i]);
      finish(result[i], ids[rows[i]]);
    }
    return result;
  }

  /** Grows by doubling, because a back end frees nothing before it is closed. */
  private Activations views(int rows) {
    if (rows > buffers.rows()) {
      buffers = Activations.allocate(ops, shape, Math.max(rows, 2 * buffers.rows()));
    }
    return buffers.first(ops, rows);
  }

  /** Grows as the buffers do, and then holds nothing. */
  private void reservePositions(int positions) {
    int room = keyValues.capacity();
    if (positions > room) {
      keyValues = KvCache.allocate(ops, shape, layers().size(), Math.max(positions, 2 * room));
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
    weights.ifPresent(Weights::close);
  }
}
