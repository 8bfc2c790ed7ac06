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
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What all transformers do: layer after layer, and logits of the rows asked for only. Of the others
 * the last layer needs keys and values alone, so they go no further there.
 */
public abstract class Transformer implements TokenDenoiser {
  private final TransformerShape shape;
  private final Optional<Weights> weights;
  private final TensorOps ops;
  private final Buffers buffers;
  private KvCache keyValues;

  /** Who sees what in each sequence. */
  private record Sight(AttentionShape heads, AttentionMask mask) {}

  /**
   * What a layer made of the rows that are evaluated.
   *
   * @param rows with their queries, keys and values
   * @param keys a matrix with the keys and values of all that they see
   */
  private record Projected(Activations rows, Tensor keys) {}

  /** Attention and feed-forward of a layer. */
  @FunctionalInterface
  private interface SecondHalf {
    /** The rows that go on, with the residual stream behind the layer. */
    Activations of(TransformerLayer layer, Projected all);
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
    this.buffers = new Buffers(ops, shape);
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
  public boolean ownKernels() {
    return ops.ownKernels();
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
  public boolean seesTime() {
    return false;
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
          case Context.None _ -> apart(request, request.ids());
          case Context.Kept _ -> kept(request);
          case Context.Earlier earlier -> among(request, earlier);
        };
    return new Prediction(request.rows(), logits);
  }

  /** The unconditional sequence is the second of a batch of two. */
  private float[][] guided(Request request, Guidance guidance) {
    checkIds(guidance.unconditional());
    int rows = request.rows().length;
    float[][] both = apart(request, request.ids(), guidance.unconditional());
    for (int i = 0; i < rows; i++) {
      guidance.apply(both[i], both[rows + i]);
    }
    return Arrays.copyOf(both, rows);
  }

  /** Logits of the rows asked for in each sequence, of which nothing is kept. */
  private float[][] apart(Request request, int[]... ids) {
    Sequences sequences = Sequences.of(List.of(ids), request.positions(), request.time());
    int[] rows = sequences.rows(request.rows());
    Attention attention = request.attention();
    AttentionShape heads = shape.attention(sequences.count(), sequences.length());
    Sight sight = new Sight(heads, attention.mask(request.positions()));
    AttentionMask asking = attention.mask(request.positions(), request.rows());
    SecondHalf ending = asking(new Sight(heads, asking), rows);
    return read(
        alone(sequences, sight, ending, Transformer::stopIfInterrupted), sequences.ids(), rows);
  }

  /** Rows of which nothing is kept. */
  private Activations alone(
      Sequences sequences, Sight sight, SecondHalf ending, Runnable betweenLayers) {
    Activations views = buffers.all(sequences.ids().length);
    Projected projected = new Projected(views, views.qkv());
    return through(sequences, _ -> projected, sight, ending, betweenLayers);
  }

  /**
   * The forward pass of sequences of which nothing is kept.
   *
   * @param mask which positions of its sequence each one sees
   * @param rows counted through all sequences; at least one
   * @return a row of logits for each of these
   */
  public final Tensor forward(Sequences sequences, AttentionMask mask, int[] rows) {
    Sight sight = new Sight(shape.attention(sequences.count(), sequences.length()), mask);
    // Attention takes equally many queries of each sequence, so they are taken out behind it.
    SecondHalf ending =
        (layer, all) -> {
          attend(all.rows(), all, sight);
          Activations wanted = buffers.asked(rows.length);
          ops.gather(all.rows().stream(), rows, wanted.stream());
          ops.gather(all.rows().mixed(), rows, wanted.mixed());
          layer.feed(ops, wanted);
          return wanted;
        };
    return logits(alone(sequences, sight, ending, () -> {}));
  }

  /** The rows that are asked for, taken out before attention. */
  private SecondHalf asking(Sight sight, int[] rows) {
    return (layer, all) -> {
      Activations wanted = buffers.asked(rows.length);
      if (rows.length > 0) {
        ops.gather(all.rows().stream(), rows, wanted.stream());
        ops.gather(all.rows().qkv(), rows, wanted.qkv());
        attend(wanted, all, sight);
        layer.feed(ops, wanted);
      }
      return wanted;
    };
  }

  /** softmax(q kᵀ / √d + mask) v of the rows that ask. */
  private void attend(Activations asking, Projected all, Sight sight) {
    ops.attention(asking.qkv(), all.keys(), sight.heads(), sight.mask(), asking.mixed());
  }

  /**
   * The forward pass of the rows that are evaluated.
   *
   * @param projected where a layer, by its number, writes what it makes of them
   * @param ending of the last layer
   */
  private Activations through(
      Sequences sequences,
      IntFunction<Projected> projected,
      Sight sight,
      SecondHalf ending,
      Runnable betweenLayers) {
    SecondHalf everyRow =
        (layer, all) -> {
          attend(all.rows(), all, sight);
          layer.feed(ops, all.rows());
          return all.rows();
        };
    Activations end = projected.apply(0).rows();
    embed(sequences, end.stream());
    Iterator<? extends TransformerLayer> layers = layers().iterator();
    for (int i = 0; layers.hasNext(); i++) {
      betweenLayers.run();
      TransformerLayer layer = layers.next();
      Projected all = projected.apply(i);
      layer.project(ops, all.rows(), sight.heads(), sequences.positions());
      end = (layers.hasNext() ? everyRow : ending).of(layer, all);
    }
    return end;
  }

  /** Logits of a sequence's rows, whose keys and values are kept. */
  private float[][] kept(Request request) {
    int[] ids = request.ids();
    reservePositions(ids.length);
    keyValues.forgetFrom(0);
    Activations end =
        inPlace(ids, 0, ids.length, request.attention(), request.time(), request.rows());
    keyValues.hold(ids, request.attention(), request.time());
    return read(end, ids, request.rows());
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
      inPlace(missing, held, known, attention, earlier.time(), new int[0]);
      keyValues.hold(earlier.ids(), attention, earlier.time());
    }
    keyValues.replace(from, to);
    int length = Math.max(to, known);
    Activations end =
        inPlace(request.ids(), from, length, attention, request.time(), request.rows());
    return read(end, request.ids(), request.rows());
  }

  /**
   * The residual stream's end of tokens that take the rows from a position on.
   *
   * @param length of the whole sequence, whose other rows are there
   * @param rows of the tokens that are asked for; if there are none, only their keys and values are
   *     wanted
   */
  private Activations inPlace(
      int[] ids, int from, int length, Attention attention, OptionalDouble time, int[] rows) {
    int[] all = IntStream.range(0, length).toArray();
    int[] positions = Arrays.copyOfRange(all, from, from + ids.length);
    int[] asking = Arrays.stream(rows).map(row -> from + row).toArray();
    AttentionShape heads = shape.attention(1, length);
    Activations views = buffers.all(ids.length);
    return through(
        new Sequences(1, ids, positions, time.stream().toArray()),
        layer -> {
          Tensor qkv = keyValues.layer(layer);
          return new Projected(
              views.withQkv(ops.rows(qkv, from, ids.length)), ops.firstRows(qkv, length));
        },
        new Sight(heads, attention.mask(all, positions)),
        asking(new Sight(heads, attention.mask(all, asking)), rows),
        Transformer::stopIfInterrupted);
  }

  private Tensor logits(Activations wanted) {
    Tensor logits = buffers.logits(wanted.rows());
    head(wanted.stream(), wanted.normed(), logits);
    return logits;
  }

  private float[][] read(Activations wanted, int[] ids, int[] rows) {
    if (rows.length == 0) {
      return new float[0][];
    }
    Tensor logits = logits(wanted);
    float[][] result = new float[rows.length][shape.vocabulary()];
    for (int i = 0; i < rows.length; i++) {
      Arrays.fill(result[i], shape.predicted(), shape.vocabulary(), Float.NEGATIVE_INFINITY);
      ops.read(logits, i, result[i]);
      finish(result[i], ids[rows[i]]);
    }
    return result;
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
