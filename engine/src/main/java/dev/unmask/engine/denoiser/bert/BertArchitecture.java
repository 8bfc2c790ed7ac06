package dev.unmask.engine.denoiser.bert;

import dev.unmask.engine.denoiser.transformer.TransformerShape;
import dev.unmask.engine.safetensors.ElementType;
import dev.unmask.engine.safetensors.Entry;
import dev.unmask.engine.safetensors.Weights;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The sizes of a masked language model of BERT's kind (https://arxiv.org/abs/1810.04805): learned
 * positions, norms behind the residual sums, biases everywhere.
 *
 * @param width of the residual stream
 * @param hidden width inside the feed-forward layers
 * @param vocabulary number of tokens, the mask included
 * @param positions rows of the table of positions
 * @param firstPosition the row of the first one
 * @param types rows of the table of segments, of which the first is used
 * @param tied whether the head's matrix is the embeddings
 * @param epsilon what the norms add to the variance
 */
public record BertArchitecture(
    BertFamily family,
    int layers,
    int width,
    int heads,
    int hidden,
    int vocabulary,
    int positions,
    int firstPosition,
    int types,
    boolean tied,
    float epsilon) {
  /** What it has in common with other transformers. */
  public TransformerShape transformer() {
    return new TransformerShape(
        width, heads, heads, hidden, width, vocabulary, vocabulary, contextLength());
  }

  private int contextLength() {
    return positions - firstPosition;
  }

  String embeddings() {
    return family.prefix() + "embeddings.";
  }

  String layer(int layer) {
    return family.prefix() + "encoder.layer." + layer + ".";
  }

  /** The tensors of a checkpoint, as float32: some call gains "gamma" and shifts "beta". */
  List<Entry> tensors(Weights weights) {
    List<Entry> tensors = new ArrayList<>();
    NormNames norms = NormNames.of(weights, embeddings() + "LayerNorm");
    tensors.add(tensor(embeddings() + "word_embeddings.weight", vocabulary, width));
    tensors.add(tensor(embeddings() + "position_embeddings.weight", positions, width));
    tensors.add(tensor(embeddings() + "token_type_embeddings.weight", types, width));
    addNorm(tensors, norms, embeddings() + "LayerNorm");
    for (int i = 0; i < layers; i++) {
      String layer = layer(i);
      addLinear(tensors, layer + "attention.self.query", width, width);
      addLinear(tensors, layer + "attention.self.key", width, width);
      addLinear(tensors, layer + "attention.self.value", width, width);
      addLinear(tensors, layer + "attention.output.dense", width, width);
      addNorm(tensors, norms, layer + "attention.output.LayerNorm");
      addLinear(tensors, layer + "intermediate.dense", hidden, width);
      addLinear(tensors, layer + "output.dense", width, hidden);
      addNorm(tensors, norms, layer + "output.LayerNorm");
    }
    addLinear(tensors, family.dense(), width, width);
    addNorm(tensors, NormNames.of(weights, family.norm()), family.norm());
    tensors.add(tensor(family.bias(), vocabulary));
    if (!tied) {
      tensors.add(tensor(family.decoder(), vocabulary, width));
    }
    return tensors;
  }

  private void addNorm(List<Entry> tensors, NormNames norms, String name) {
    tensors.add(tensor(name + norms.gain(), width));
    tensors.add(tensor(name + norms.shift(), width));
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
    Set<String> names = new HashSet<>(family.otherHeads());
    names.add(embeddings() + "position_ids");
    names.add(family.prefix() + "pooler.dense.weight");
    names.add(family.prefix() + "pooler.dense.bias");
    if (tied) {
      names.add(family.decoder());
    }
    return names;
  }

  /** What a norm's tensors are called behind its own name. */
  record NormNames(String gain, String shift) {
    /** As in a checkpoint: the oldest, which were TensorFlow's, have gamma and beta. */
    static NormNames of(Weights weights, String norm) {
      return weights.entries().containsKey(norm + ".gamma")
          ? new NormNames(".gamma", ".beta")
          : new NormNames(".weight", ".bias");
    }
  }
}
