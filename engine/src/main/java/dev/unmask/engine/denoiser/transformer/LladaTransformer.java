package dev.unmask.engine.denoiser.transformer;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.CheckpointTensors;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.noise.UniformTransition;
import dev.unmask.engine.safetensors.Weights;
import dev.unmask.engine.tensor.Tensor;
import dev.unmask.engine.tensor.TensorOps;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * LLaDA's transformer (https://arxiv.org/abs/2502.09992, section 2.1): root-mean-square norms,
 * rotary positions, grouped-query attention, gated feed-forward layers, no biases. Dream's and
 * SMDM's are the same but for names and a bias.
 */
public final class LladaTransformer extends Transformer {
  private final LladaArchitecture shape;
  private final TensorOps ops;
  private final Tensor table;
  private final List<LladaLayer> layers;
  private final Tensor norm;
  private final Tensor head;
  private final Optional<Tensor> time;
  private Tensor times;

  /**
   * Of a checkpoint's weights.
   *
   * @param weights closed with this; if they are few, they may be closed before
   * @param ops closed with this
   * @throws InputException if the tensors are not those of the architecture
   */
  public LladaTransformer(LladaArchitecture shape, Weights weights, TensorOps ops) {
    this(shape, CheckpointTensors.of(weights, ops));
  }

  /** The same, of weights that stay where they are or not. */
  public LladaTransformer(LladaArchitecture shape, CheckpointTensors tensors) {
    // No memory is taken before the weights bear out the sizes.
    tensors.check(shape.tensors(), shape.unread());
    super(shape.transformer(), tensors);
    this.shape = shape;
    this.ops = tensors.ops();
    LlamaNames names = shape.names();
    table = tensors.fused(names.table());
    layers =
        IntStream.range(0, shape.layers())
            .mapToObj(layer -> LladaLayer.load(shape, layer, tensors))
            .toList();
    norm = tensors.fused(names.norm());
    head = shape.tied() ? table : tensors.fused(names.head());
    time = shape.timed() ? Optional.of(tensors.fused(LladaArchitecture.TIME)) : Optional.empty();
    times = ops.allocate(1, TimeFeatures.COUNT);
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

  /**
   * One evaluation. A model that is told the time was trained with α(t) = 1 − t; of noise by
   * another schedule it is told the t at which that leaves as much.
   */
  @Override
  public Prediction predict(Request request) {
    return super.predict(
        shape.timed() && request.noise().orElse(null) instanceof UniformTransition(_, double keep)
            ? request.at(1 - keep)
            : request);
  }

  @Override
  protected void embed(int[] ids, int[] positions, OptionalDouble t, Tensor stream) {
    ops.embed(table, ids, stream);
    time.ifPresent(matrix -> tell(told(t), matrix, stream));
  }

  /** Adds the time to every position. */
  private void tell(double t, Tensor matrix, Tensor stream) {
    float[] features = TimeFeatures.of(t);
    float[] each = new float[stream.rows() * features.length];
    for (int row = 0; row < stream.rows(); row++) {
      System.arraycopy(features, 0, each, row * features.length, features.length);
    }
    if (times.rows() < stream.rows()) {
      times = ops.allocate(Math.max(stream.rows(), 2 * times.rows()), features.length);
    }
    Tensor told = ops.firstRows(times, stream.rows());
    ops.write(told, 0, each);
    ops.linearAdd(told, matrix, stream);
  }

  @Override
  protected List<LladaLayer> layers() {
    return layers;
  }

  @Override
  protected void head(Tensor stream, Tensor normed, Tensor logits) {
    ops.rmsNorm(stream, norm, shape.epsilon(), normed);
    ops.linear(normed, head, logits);
  }
}
