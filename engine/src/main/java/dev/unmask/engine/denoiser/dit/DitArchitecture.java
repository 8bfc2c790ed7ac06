package dev.unmask.engine.denoiser.dit;

import dev.unmask.engine.denoiser.transformer.TransformerShape;
import dev.unmask.engine.safetensors.ElementType;
import dev.unmask.engine.safetensors.Entry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The sizes of a diffusion transformer (<a href="https://arxiv.org/abs/2212.09748">DiT</a>) for
 * tokens, as <a href="https://arxiv.org/abs/2310.16834">SEDD</a> has it and MDLM and BD3-LM after
 * it: rotary positions, centred norms, a GELU four times as wide as the residual stream.
 *
 * @param prefix what the names of its checkpoint's tensors start with
 * @param width of the residual stream
 * @param condition width of what it is told of the time
 * @param vocabulary number of tokens, the mask included
 * @param contextLength the longest sequence that it was made for
 * @param conditioned whether norms and residuals are modulated by the time (adaLN)
 * @param timed whether it is told the time; else it is told that there is no noise
 * @param scores whether its rows are logarithms of SEDD's scores, and not logits of clean tokens
 */
public record DitArchitecture(
    String prefix,
    int layers,
    int width,
    int heads,
    int condition,
    int vocabulary,
    int contextLength,
    boolean conditioned,
    boolean timed,
    boolean scores) {
  /** Sines and cosines that tell it the time. */
  static final int FREQUENCIES = 256;

  /** Buffers of the training program: the rotary angles, and how much noise it trained with. */
  private static final List<String> BUFFERS =
      List.of("rotary_emb.inv_freq", "sampling_eps_min", "sampling_eps_max");

  /** The same, told the time or not. */
  public DitArchitecture timed(boolean told) {
    return with(told, scores);
  }

  /** The same with scores for rows. */
  public DitArchitecture scoring() {
    return with(timed, true);
  }

  private DitArchitecture with(boolean told, boolean scoring) {
    return new DitArchitecture(
        prefix,
        layers,
        width,
        heads,
        condition,
        vocabulary,
        contextLength,
        conditioned,
        told,
        scoring);
  }

  /** Width inside the feed-forward layers. */
  private int hidden() {
    return 4 * width;
  }

  /** What it has in common with other transformers. */
  public TransformerShape transformer() {
    return new TransformerShape(
        width, heads, heads, hidden(), width, vocabulary, vocabulary, contextLength);
  }

  String layer(int layer) {
    return prefix + "blocks." + layer + ".";
  }

  String output() {
    return prefix + "output_layer.";
  }

  /** The tensors of its checkpoints, as float32. */
  public List<Entry> tensors() {
    List<Entry> tensors = new ArrayList<>();
    tensors.add(tensor(prefix + "vocab_embed.embedding", vocabulary, width));
    for (int layer = 0; layer < layers; layer++) {
      addLayer(tensors, layer(layer));
    }
    tensors.add(tensor(output() + "norm_final.weight", width));
    addLinear(tensors, output() + "linear", vocabulary, width);
    if (conditioned) {
      addLinear(tensors, prefix + "sigma_map.mlp.0", condition, FREQUENCIES);
      addLinear(tensors, prefix + "sigma_map.mlp.2", condition, condition);
      addLinear(tensors, output() + "adaLN_modulation", 2 * width, condition);
    }
    return tensors;
  }

  private void addLayer(List<Entry> tensors, String name) {
    tensors.add(tensor(name + "norm1.weight", width));
    tensors.add(tensor(name + "attn_qkv.weight", 3 * width, width));
    tensors.add(tensor(name + "attn_out.weight", width, width));
    tensors.add(tensor(name + "norm2.weight", width));
    addLinear(tensors, name + "mlp.0", hidden(), width);
    addLinear(tensors, name + "mlp.2", width, hidden());
    if (conditioned) {
      addLinear(tensors, name + "adaLN_modulation", 6 * width, condition);
    }
  }

  private static void addLinear(List<Entry> tensors, String name, int out, int in) {
    tensors.add(tensor(name + ".weight", out, in));
    tensors.add(tensor(name + ".bias", out));
  }

  private static Entry tensor(String name, long... shape) {
    return new Entry(name, ElementType.F32, shape);
  }

  /** Names of tensors that a checkpoint may have besides, and that are not needed. */
  Set<String> unread() {
    Set<String> names = new HashSet<>(BUFFERS);
    BUFFERS.forEach(name -> names.add(prefix + name));
    return names;
  }
}
