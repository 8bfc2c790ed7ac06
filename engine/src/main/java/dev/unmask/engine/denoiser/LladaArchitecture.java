package dev.unmask.engine.denoiser;

import dev.unmask.engine.safetensors.ElementType;
import dev.unmask.engine.safetensors.Entry;
import java.util.ArrayList;
import java.util.List;

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
    boolean timed) {
  /** One that is told no time. */
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
        false);
  }

  /** The same shape, told the time or not. */
  public LladaArchitecture timed(boolean told) {
    return new LladaArchitecture(
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
        told);
  }

  /** Names of a LLaDA checkpoint's tensors start so. */
  static final String PREFIX = "model.transformer.";

  /** Width of a head. */
  public int headSize() {
    return width / heads;
  }

  /** Width of keys, and of values. */
  public int keyWidth() {
    return keyHeads * headSize();
  }

  TransformerShape transformer() {
    return new TransformerShape(
        width, heads, keyHeads, 2 * hidden, hidden, vocabulary, contextLength);
  }

  /** The tensors of its checkpoints, as float32. */
  public List<Entry> tensors() {
    List<Entry> tensors = new ArrayList<>();
    tensors.add(tensor(PREFIX + "wte", vocabulary, width));
    for (int layer = 0; layer < layers; layer++) {
      String prefix = layerPrefix(layer);
      tensors.add(tensor(prefix + "attn_norm", width));
      tensors.add(tensor(prefix + "q_proj", width, width));
      tensors.add(tensor(prefix + "k_proj", keyWidth(), width));
      tensors.add(tensor(prefix + "v_proj", keyWidth(), width));
      tensors.add(tensor(prefix + "attn_out", width, width));
      tensors.add(tensor(prefix + "ff_norm", width));
      tensors.add(tensor(prefix + "ff_proj", hidden, width));
      tensors.add(tensor(prefix + "up_proj", hidden, width));
      tensors.add(tensor(prefix + "ff_out", width, hidden));
    }
    tensors.add(tensor(PREFIX + "ln_f", width));
    if (!tied) {
      tensors.add(tensor(PREFIX + "ff_out", vocabulary, width));
    }
    if (timed) {
      tensors.add(tensor(PREFIX + "time", width, TimeFeatures.COUNT));
    }
    return tensors;
  }

  static String layerPrefix(int layer) {
    return PREFIX + "blocks." + layer + ".";
  }

  private static Entry tensor(String name, long... shape) {
    return new Entry(name + ".weight", ElementType.F32, shape);
  }
}
