package dev.unmask.engine.denoiser;

import dev.unmask.engine.InputException;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.tensor.AttentionShape;
import dev.unmask.engine.tensor.Tensor;
import dev.unmask.engine.tensor.TensorOps;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/**
 * LLaDA's transformer (https://arxiv.org/abs/2502.09992, section 2.1): root-mean-square norms,
 * rotary positions, grouped-query attention, gated feed-forward layers, no biases.
 */
public final class LladaTransformer implements TokenDenoiser {
  private final LladaArchitecture shape;
  private final TensorOps ops;
  private final LladaWeights weights;
  private LladaBuffers buffers;
  private Tensor asked;
  private Tensor logits;
  private Tensor times;

  /**
   * Copies the weights out of a file, which may be closed then.
   *
   * @param ops closed with this
   * @throws InputException if the file's tensors are not those of the architecture
   */
  public LladaTransformer(LladaArchitecture shape, SafetensorsFile file, TensorOps ops) {
    this.shape = shape;
    this.ops = ops;
    this.weights = LladaWeights.load(shape, file, ops);
    this.buffers = LladaBuffers.allocate(ops, shape, 1);
    this.asked = ops.allocate(1, shape.width());
    this.logits = ops.allocate(1, shape.vocabulary());
    this.times = ops.allocate(1, TimeFeatures.COUNT);
  }

  @Override
  public int vocabularySize() {
    return shape.vocabulary();
  }

  @Override
  public int contextLength() {
    return shape.contextLength();
  }

  /** One that is told the time was trained with uniform noise. */
  @Override
  public RowMeaning rowMeaning() {
    return shape.timed() ? RowMeaning.LEAVE_ONE_OUT_LOGITS : RowMeaning.CLEAN_LOGITS;
  }

  @Override
  public boolean knows(NoiseKind noise) {
    return noise == (shape.timed() ? NoiseKind.UNIFORM : NoiseKind.ABSORBING);
  }

  /** With guidance, the unconditional sequence is the second of a batch of two. */
  @Override
  public Prediction predict(Request request) {
    int[] rows = request.rows();
    if (request.guidance().isEmpty()) {
      return new Prediction(
          rows,
          forward(
              request.ids(), request.positions(), request.attention(), 1, rows, request.time()));
    }
    Guidance guidance = request.guidance().get();
    int length = request.ids().length;
    float[][] both =
        forward(
            concatenate(request.ids(), guidance.unconditional()),
            concatenate(request.positions(), request.positions()),
            request.attention(),
            2,
            concatenate(rows, Arrays.stream(rows).map(row -> row + length).toArray()),
            request.time());
    for (int i = 0; i < rows.length; i++) {
      guidance.apply(both[i], both[rows.length + i]);
    }
    return new Prediction(rows, Arrays.copyOf(both, rows.length));
  }

  private static int[] concatenate(int[] first, int[] second) {
    return IntStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
  }

  /** Logits of the rows asked for, counted through all sequences. */
  private float[][] forward(
      int[] ids,
      int[] positions,
      Attention attention,
      int sequences,
      int[] rows,
      OptionalDouble time) {
    checkIds(ids);
    reserve(ids.length);
    LladaBuffers views = buffers.first(ops, ids.length);
    AttentionShape heads =
        new AttentionShape(
            sequences,
            ids.length / sequences,
            shape.heads(),
            shape.keyHeads(),
            shape.headSize(),
            attention == Attention.CAUSAL);
    ops.embed(weights.table(), ids, views.stream());
    weights.time().ifPresent(matrix -> tell(time, matrix, views.stream()));
    for (LladaWeights.Layer layer : weights.layers()) {
      stopIfInterrupted();
      attend(layer, views, heads, positions);
      feed(layer, views);
    }
    return rows.length == 0 ? new float[0][] : head(views, rows);
  }

  /** Adds the time to every position. */
  private void tell(OptionalDouble time, Tensor matrix, Tensor stream) {
    float[] features =
        TimeFeatures.of(
            time.orElseThrow(
                () ->
                    new InputException(
                        "The model must be told the time, and the sampler has none; choose a"
                            + " sampler of uniform noise.")));
    float[] each = new float[stream.rows() * features.length];
    for (int row = 0; row < stream.rows(); row++) {
      System.arraycopy(features, 0, each, row * features.length, features.length);
    }
    if (times.rows() < stream.rows()) {
      times = ops.allocate(buffers.rows(), features.length);
    }
    Tensor told = ops.firstRows(times, stream.rows());
    ops.write(told, 0, each);
    ops.linearAdd(told, matrix, stream);
  }

  private void attend(
      LladaWeights.Layer layer, LladaBuffers views, AttentionShape heads, int[] positions) {
    ops.rmsNorm(views.stream(), layer.attentionNorm(), shape.epsilon(), views.normed());
    ops.linear(views.normed(), layer.qkv(), views.qkv());
    ops.rotary(views.qkv(), heads, positions, shape.theta());
    ops.attention(views.qkv(), heads, views.mixed());
    ops.linearAdd(views.mixed(), layer.attentionOut(), views.stream());
  }

  private void feed(LladaWeights.Layer layer, LladaBuffers views) {
    ops.rmsNorm(views.stream(), layer.feedNorm(), shape.epsilon(), views.normed());
    ops.linear(views.normed(), layer.gateUp(), views.gateUp());
    ops.swiglu(views.gateUp(), views.gated());
    ops.linearAdd(views.gated(), layer.down(), views.stream());
  }

  private float[][] head(LladaBuffers views, int[] rows) {
    reserveAsked(rows.length);
    Tensor normed = ops.firstRows(views.normed(), rows.length);
    Tensor wanted = ops.firstRows(asked, rows.length);
    Tensor scores = ops.firstRows(logits, rows.length);
    ops.gather(views.stream(), rows, wanted);
    ops.rmsNorm(wanted, weights.norm(), shape.epsilon(), normed);
    ops.linear(normed, weights.head(), scores);
    float[][] result = new float[rows.length][shape.vocabulary()];
    for (int i = 0; i < rows.length; i++) {
      ops.read(scores, i, result[i]);
    }
    return result;
  }

  /** Grows by doubling, because a back end frees nothing before it is closed. */
  private void reserve(int rows) {
    if (rows > buffers.rows()) {
      buffers = LladaBuffers.allocate(ops, shape, Math.max(rows, 2 * buffers.rows()));
    }
  }

  private void reserveAsked(int rows) {
    if (rows > logits.rows()) {
      int capacity = Math.max(rows, 2 * logits.rows());
      asked = ops.allocate(capacity, shape.width());
      logits = ops.allocate(capacity, shape.vocabulary());
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
