package dev.unmask.engine.denoiser.bert;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.CheckpointTensors;
import dev.unmask.engine.denoiser.transformer.Sequences;
import dev.unmask.engine.denoiser.transformer.Transformer;
import dev.unmask.engine.safetensors.Weights;
import dev.unmask.engine.tensor.Tensor;
import dev.unmask.engine.tensor.TensorOps;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The masked language models <a href="https://arxiv.org/abs/1810.04805">BERT</a> and <a
 * href="https://arxiv.org/abs/1907.11692">RoBERTa</a> with their heads. All tokens are of the first
 * segment.
 */
public final class BertTransformer extends Transformer {
  private final BertArchitecture shape;
  private final TensorOps ops;
  private final Tensor table;
  private final Tensor positionTable;
  private final Tensor segment;
  private final CentredNorm norm;
  private final List<BertLayer> layers;
  private final Tensor dense;
  private final Tensor denseBias;
  private final CentredNorm headNorm;
  private final Tensor decoder;
  private final Tensor bias;
  private final Tensor one;
  private Tensor places;

  /**
   * Of a checkpoint's weights.
   *
   * @param weights closed with this; if they are few, they may be closed before
   * @param ops closed with this
   * @throws InputException if the tensors are not those of the architecture
   */
  public BertTransformer(BertArchitecture shape, Weights weights, TensorOps ops) {
    this(shape, CheckpointTensors.of(weights, ops));
  }

  /** The same, of weights that stay where they are or not. */
  public BertTransformer(BertArchitecture shape, CheckpointTensors tensors) {
    // No memory is taken before the weights bear out the sizes.
    tensors.check(shape.tensors(tensors.weights()), shape.unread());
    super(shape.transformer(), tensors);
    this.shape = shape;
    this.ops = tensors.ops();
    String embeddings = shape.embeddings();
    table = tensors.fused(embeddings + "word_embeddings.weight");
    positionTable = tensors.fused(embeddings + "position_embeddings.weight");
    segment = tensors.copied(tensors.slice(embeddings + "token_type_embeddings.weight", 0, 1));
    norm = CentredNorm.load(shape, embeddings + "LayerNorm", tensors);
    layers =
        IntStream.range(0, shape.layers())
            .mapToObj(layer -> BertLayer.load(shape, layer, tensors))
            .toList();
    dense = tensors.fused(shape.family().dense() + ".weight");
    denseBias = tensors.fused(shape.family().dense() + ".bias");
    headNorm = CentredNorm.load(shape, shape.family().norm(), tensors);
    decoder = shape.tied() ? table : tensors.fused(shape.family().decoder());
    bias = tensors.fused(shape.family().bias());
    one = ops.allocate(1, shape.width());
    float[] ones = new float[shape.width()];
    Arrays.fill(ones, 1);
    ops.write(one, 0, ones);
    places = ops.allocate(1, shape.width());
  }

  @Override
  protected void embed(Sequences sequences, Tensor stream) {
    int[] rows =
        Arrays.stream(sequences.positions()).map(at -> at + shape.firstPosition()).toArray();
    if (Arrays.stream(rows).anyMatch(row -> row >= shape.positions())) {
      throw new InputException(
          "The model knows %d positions and the sequence is longer; give it a shorter one."
              .formatted(contextLength()));
    }
    if (places.rows() < rows.length) {
      places = ops.allocate(Math.max(rows.length, 2 * places.rows()), shape.width());
    }
    // position, token and segment embeddings, norm
    Tensor placed = ops.firstRows(places, rows.length);
    ops.embed(positionTable, rows, placed);
    ops.embed(table, sequences.ids(), stream);
    ops.addGated(placed, one, segment, stream);
    norm.apply(ops, stream);
  }

  @Override
  protected List<BertLayer> layers() {
    return layers;
  }

  @Override
  protected void head(Tensor stream, Tensor normed, Tensor logits) {
    // transform: dense, GELU, norm; decoder
    ops.linear(stream, dense, normed);
    ops.exactGelu(normed, denseBias);
    headNorm.apply(ops, normed);
    ops.linear(normed, decoder, logits);
    ops.addBias(bias, logits);
  }

  /**
   * A layer norm's weights (https://arxiv.org/abs/1607.06450).
   *
   * @param gain [1 × width]
   * @param shift [1 × width]
   * @param epsilon what is added to the variance
   */
  record CentredNorm(Tensor gain, Tensor shift, float epsilon) {
    static CentredNorm load(BertArchitecture shape, String name, CheckpointTensors tensors) {
      BertArchitecture.NormNames names = BertArchitecture.NormNames.of(tensors.weights(), name);
      return new CentredNorm(
          tensors.fused(name + names.gain()), tensors.fused(name + names.shift()), shape.epsilon());
    }

    /** In place. */
    void apply(TensorOps ops, Tensor x) {
      ops.layerNorm(x, gain, shift, epsilon, x);
    }
  }
}
