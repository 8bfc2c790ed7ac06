package dev.unmask.engine.denoiser.bert;

import java.util.Set;

/** In what BERT and RoBERTa differ: the names of their tensors, and where positions start. */
public enum BertFamily {
  /** https://arxiv.org/abs/1810.04805. */
  BERT(
      "bert.",
      "cls.predictions.transform.dense",
      "cls.predictions.transform.LayerNorm",
      "cls.predictions.decoder.weight",
      "cls.predictions.bias",
      Set.of(
          "cls.predictions.decoder.bias",
          "cls.seq_relationship.weight",
          "cls.seq_relationship.bias")),

  /** https://arxiv.org/abs/1907.11692. */
  ROBERTA(
      "roberta.",
      "lm_head.dense",
      "lm_head.layer_norm",
      "lm_head.decoder.weight",
      "lm_head.bias",
      Set.of("lm_head.decoder.bias"));

  private final String prefix;
  private final String dense;
  private final String norm;
  private final String decoder;
  private final String bias;
  private final Set<String> otherHeads;

  BertFamily(
      String prefix,
      String dense,
      String norm,
      String decoder,
      String bias,
      Set<String> otherHeads) {
    this.prefix = prefix;
    this.dense = dense;
    this.norm = norm;
    this.decoder = decoder;
    this.bias = bias;
    this.otherHeads = otherHeads;
  }

  /** Names of all but the head's tensors start so. */
  String prefix() {
    return prefix;
  }

  /** The head's first linear layer. */
  String dense() {
    return dense;
  }

  /** The head's norm. */
  String norm() {
    return norm;
  }

  /** The head's matrix, if it is not the embeddings. */
  String decoder() {
    return decoder;
  }

  /** What is added to the logits. */
  String bias() {
    return bias;
  }

  /** Tensors of heads for other tasks, and a second copy of the bias. */
  Set<String> otherHeads() {
    return otherHeads;
  }

  /**
   * The row of the first position's embedding: RoBERTa counts positions from behind its padding.
   *
   * @param padding id of the padding token
   */
  public int firstPosition(int padding) {
    return this == ROBERTA ? padding + 1 : 0;
  }
}
