package dev.unmask.engine.denoiser.transformer;

import dev.unmask.engine.safetensors.ElementType;
import dev.unmask.engine.safetensors.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The sizes of a LLaDA transformer (https://arxiv.org/abs/2502.09992): LLaMA's layers, looking both
 * ways.
 *
 * @param width of the residual stream
 * @param keyHeads key and value heads; a divisor of {@code heads}
 * @param hidden width inside the gated feed-forward layer
 * @param vocabulary number of tokens, the mask included
 * @param contextLength the longest sequence that it was made for
 * @param tied whether the head's matrix is the embedding's
 * @param theta base of the rotary angles
 * @param epsilon what the norms add to the mean square
 * @param timed whether it is told the time, by a matrix that LLaDA's own do not have: the time's
 *     features are added to every position's embedding
 * @param names whose names its checkpoints use
 */
public record LladaArchitecture(
    int layers,
    int width,
    int heads,
    int keyHeads,
    int hidden,
    int vocabulary,
    int contextLength,
    boolean tied,
    double theta,
    float epsilon,
    boolean timed,
    LlamaNames names) {
  /** One with LLaDA's names that is told no time. */
  public LladaArchitecture(
      int layers,
      int width,
      int heads,
      int keyHeads,
      int hidden,
      int vocabulary,
      int contextLength,
      boolean tied,
      double theta,
      float epsilon) {
    this(
        layers,
        width,
        heads,
        keyHeads,
        hidden,
        vocabulary,
        contextLength,
        tied,
        theta,
        epsilon,
        false,
        LlamaNames.LLADA);
  }

  /** The same shape, told the time or not. */
  public LladaArchitecture timed(boolean told) {
    return with(contextLength, told, names);
  }

  /** The same shape with other names. */
  public LladaArchitecture named(LlamaNames others) {
    return with(contextLength, timed, others);
  }

  /** The same shape made for sequences of another length, which no weight depends on. */
  public LladaArchitecture within(int length) {
    return with(length, timed, names);
  }

  private LladaArchitecture with(int length, boolean told, LlamaNames others) {
    return new LladaArchitecture(
        layers,
        width,
        heads,
        keyHeads,
        hidden,
        vocabulary,
        length,
        tied,
        theta,
        epsilon,
        told,
        others);
  }

  /** The matrix that tells the time. */
  static final String TIME = "model.transformer.time.weight";

  /** Width of a head. */
  public int headSize() {
    return width / heads;
  }

  /** Width of keys, and of values. */
  public int keyWidth() {
    return keyHeads * headSize();
  }

  /** What it has in common with other transformers. */
  public TransformerShape transformer() {
    return new TransformerShape(
        width, heads, keyHeads, 2 * hidden, hidden, vocabulary, predicted(), contextLength);
  }

  private int predicted() {
    return names.predictsNoMask() ? vocabulary - 1 : vocabulary;
  }

  /** The tensors of its checkpoints, as float32. */
  public List<Entry> tensors() {
    List<Entry> tensors = new ArrayList<>();
    tensors.add(tensor(names.tokenEmbedding(), vocabulary, width));
    for (int layer = 0; layer < layers; layer++) {
      addLayer(tensors, names.layer(layer));
    }
    tensors.add(tensor(names.norm(), width));
    if (!tied) {
      tensors.add(tensor(names.head(), predicted(), width));
    }
    if (timed) {
      tensors.add(tensor(TIME, width, TimeFeatures.COUNT));
    }
    return tensors;
  }

  private void addLayer(List<Entry> tensors, LlamaNames.Layer layer) {
    int[] rows = {width, keyWidth(), keyWidth()};
    tensors.add(tensor(layer.attentionNorm(), width));
    if (layer.qkv().size() == 1) {
      tensors.add(tensor(layer.qkv().getFirst(), width + 2L * keyWidth(), width));
    } else {
      IntStream.range(0, 3).forEach(i -> tensors.add(tensor(layer.qkv().get(i), rows[i], width)));
    }
    for (int i = 0; i < layer.qkvBias().size(); i++) {
      tensors.add(tensor(layer.qkvBias().get(i), rows[i]));
    }
    tensors.add(tensor(layer.attentionOut(), width, width));
    tensors.add(tensor(layer.feedNorm(), width));
    layer.gateUp().forEach(name -> tensors.add(tensor(name, hidden, width)));
    tensors.add(tensor(layer.down(), width, hidden));
  }

  private static Entry tensor(String name, long... shape) {
    return new Entry(name, ElementType.F32, shape);
  }

  /** Names of tensors that a checkpoint may have besides: a tied head may be written down too. */
  Set<String> unread() {
    return tied ? Set.of(names.head()) : Set.of();
  }
}
