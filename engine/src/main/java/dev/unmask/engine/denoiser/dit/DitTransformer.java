package dev.unmask.engine.denoiser.dit;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.CheckpointTensors;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.transformer.Sequences;
import dev.unmask.engine.denoiser.transformer.Transformer;
import dev.unmask.engine.noise.AlphaSchedule;
import dev.unmask.engine.safetensors.Weights;
import dev.unmask.engine.tensor.Tensor;
import dev.unmask.engine.tensor.TensorOps;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The diffusion transformer of <a href="https://arxiv.org/abs/2310.16834">SEDD</a>, <a
 * href="https://arxiv.org/abs/2406.07524">MDLM</a> and <a
 * href="https://arxiv.org/abs/2503.09573">BD3-LM</a>. What it is told of the time t is the total
 * noise σ(t) of the log-linear schedule that all three were trained with.
 */
public final class DitTransformer extends Transformer {
  private static final AlphaSchedule NOISE = new AlphaSchedule.LogLinear(1e-3);

  private final DitArchitecture shape;
  private final TensorOps ops;
  private final Tensor table;
  private final Optional<TimeEmbedding> time;
  private final List<DitLayer> layers;
  private final Optional<Conditioning.HeapLinear> modulation;
  private final DitLayer.ModulatedNorm norm;
  private final Tensor head;
  private final float[] headBias;
  private double sigma = Double.NaN;

  /**
   * Of a checkpoint's weights.
   *
   * @param weights closed with this; if they are few, they may be closed before
   * @param ops closed with this
   * @throws InputException if the tensors are not those of the architecture
   */
  public DitTransformer(DitArchitecture shape, Weights weights, TensorOps ops) {
    this(shape, CheckpointTensors.of(weights, ops));
  }

  /** The same, of weights that stay where they are or not. */
  public DitTransformer(DitArchitecture shape, CheckpointTensors tensors) {
    // No memory is taken before the weights bear out the sizes.
    tensors.check(shape.tensors(), shape.unread());
    super(shape.transformer(), tensors);
    this.shape = shape;
    this.ops = tensors.ops();
    Weights file = tensors.weights();
    String output = shape.output();
    table = tensors.fused(shape.prefix() + "vocab_embed.embedding");
    time =
        shape.conditioned()
            ? Optional.of(TimeEmbedding.load(file, shape.prefix() + "sigma_map.mlp."))
            : Optional.empty();
    layers =
        IntStream.range(0, shape.layers())
            .mapToObj(layer -> DitLayer.load(shape, layer, tensors))
            .toList();
    modulation = Conditioning.modulation(shape, file, output);
    norm = DitLayer.ModulatedNorm.allocate(ops, file.floats(output + "norm_final.weight"));
    head = tensors.fused(output + "linear.weight");
    headBias = file.floats(output + "linear.bias");
  }

  @Override
  public RowMeaning rowMeaning() {
    return shape.scores() ? RowMeaning.LOG_SCORES : RowMeaning.CLEAN_LOGITS;
  }

  @Override
  public boolean seesTime() {
    return shape.timed();
  }

  @Override
  protected void embed(Sequences sequences, Tensor stream) {
    tell(shape.timed() ? NOISE.sigma(told(sequences, 0)) : 0);
    ops.embed(table, sequences.ids(), stream);
  }

  /** Mostly the time is that of the evaluation before. */
  private void tell(double noise) {
    if (noise != sigma) {
      float[] vector = time.map(embedding -> embedding.of(noise)).orElse(new float[0]);
      Conditioning condition = new Conditioning(vector, shape.width());
      layers.forEach(layer -> layer.modulate(ops, condition));
      float[][] rows = condition.rows(modulation, 2);
      norm.modulate(ops, rows[0], rows[1]);
      sigma = noise;
    }
  }

  @Override
  protected List<DitLayer> layers() {
    return layers;
  }

  @Override
  protected void head(Tensor stream, Tensor normed, Tensor logits) {
    // adaLN, unembedding; its bias is added where rows are read
    norm.apply(ops, stream, normed);
    ops.linear(normed, head, logits);
  }

  /** Scores come as ratios to (e^σ − 1)(V − 1), and a token's own is 1, as SEDD's authors do. */
  @Override
  protected void finish(float[] row, int id) {
    float scale =
        shape.scores() ? (float) StrictMath.log(StrictMath.expm1(sigma) * (row.length - 1)) : 0;
    for (int token = 0; token < row.length; token++) {
      row[token] += headBias[token] - scale;
    }
    if (shape.scores()) {
      row[id] = 0;
    }
  }

  /**
   * What a diffusion transformer is told of the time: cosines and sines of σ, through two linear
   * layers (https://arxiv.org/abs/2212.09748, section 3.2).
   */
  record TimeEmbedding(Conditioning.HeapLinear first, Conditioning.HeapLinear second) {
    private static final double LONGEST_PERIOD = 10_000;

    static TimeEmbedding load(Weights file, String name) {
      return new TimeEmbedding(
          Conditioning.HeapLinear.load(file, name + "0"),
          Conditioning.HeapLinear.load(file, name + "2"));
    }

    /** Of a total noise σ, not negative. */
    float[] of(double sigma) {
      int half = DitArchitecture.FREQUENCIES / 2;
      float[] waves = new float[2 * half];
      for (int i = 0; i < half; i++) {
        double angle = sigma * StrictMath.pow(LONGEST_PERIOD, -(double) i / half);
        waves[i] = (float) StrictMath.cos(angle);
        waves[half + i] = (float) StrictMath.sin(angle);
      }
      return silu(second.apply(silu(first.apply(waves))));
    }

    private static float[] silu(float[] x) {
      for (int i = 0; i < x.length; i++) {
        x[i] /= 1 + (float) StrictMath.exp(-x[i]);
      }
      return x;
    }
  }
}
