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

/**
 * LLaDA's transformer (https://arxiv.org/abs/2502.09992, section 2.1): root-mean-square norms,
 * rotary positions, grouped-query attention, gated feed-forward layers, no biases. Dream's and
 * SMDM's are the same but for names and a bias.
 */
public final class LladaTransformer extends Transformer {
  private final LladaArchitecture shape;
  private final TensorOps ops;
  private final LladaWeights weights;
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
    weights = LladaWeights.load(shape, tensors);
    times = ops.allocate(1, TimeFeatures.COUNT);
  }

  /**
   * Of weights that another owns, to be trained for example.
   *
   * @param ops a tape, or where the weights are; closed with this
   */
  public LladaTransformer(LladaArchitecture shape, LladaWeights weights, TensorOps ops) {
    super(shape.transformer(), ops);
    this.shape = shape;
    this.ops = ops;
    this.weights = weights;
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

  @Override
  public boolean seesTime() {
    return shape.timed();
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
  protected void embed(Sequences sequences, Tensor stream) {
    ops.embed(weights.tokenEmbedding(), sequences.ids(), stream);
    weights.time().ifPresent(matrix -> tell(sequences, matrix, stream));
  }

  /** Adds its time to every position of a sequence. */
  private void tell(Sequences sequences, Tensor matrix, Tensor stream) {
    float[] each = new float[stream.rows() * TimeFeatures.COUNT];
    for (int sequence = 0; sequence < sequences.count(); sequence++) {
      float[] features = TimeFeatures.of(told(sequences, sequence));
      int first = sequence * sequences.length();
      for (int row = first; row < first + sequences.length(); row++) {
        System.arraycopy(features, 0, each, row * features.length, features.length);
      }
    }
    if (times.rows() < stream.rows()) {
      times = ops.allocate(Math.max(stream.rows(), 2 * times.rows()), TimeFeatures.COUNT);
    }
    Tensor told = ops.firstRows(times, stream.rows());
    ops.write(told, 0, each);
    ops.linearAdd(told, matrix, stream);
  }

  @Override
  protected List<LladaLayer> layers() {
    return weights.layers();
  }

  @Override
  protected void head(Tensor stream, Tensor normed, Tensor logits) {
    // final norm, unembedding
    ops.rmsNorm(stream, weights.norm(), shape.epsilon(), normed);
    ops.linear(normed, weights.head(), logits);
  }
}
