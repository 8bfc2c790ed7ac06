package dev.unmask.engine.denoiser.transformer;

import dev.unmask.engine.denoiser.CheckpointTensors;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How families of checkpoints name the tensors of the same layers, LLaMA's. */
public enum LlamaNames {
  /** LLaDA's own (https://arxiv.org/abs/2502.09992). */
  LLADA(
      "model.transformer.wte",
      "model.transformer.blocks.",
      "attn_norm",
      List.of("q_proj", "k_proj", "v_proj"),
      "attn_out",
      "ff_norm",
      List.of("ff_proj", "up_proj"),
      "ff_out",
      "model.transformer.ln_f",
      "model.transformer.ff_out"),

  /**
   * Qwen2's (https://arxiv.org/abs/2407.10671), whose queries, keys and values have biases; Dream
   * and others were made from it.
   */
  QWEN2(
      "model.embed_tokens",
      "model.layers.",
      "input_layernorm",
      List.of("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"),
      "self_attn.o_proj",
      "post_attention_layernorm",
      List.of("mlp.gate_proj", "mlp.up_proj"),
      "mlp.down_proj",
      "model.norm",
      "lm_head"),

  /**
   * Lit-GPT's, as SMDM has them (https://arxiv.org/abs/2410.18514): queries, keys and values are
   * one matrix, in which each key head's queries stand before its key and its value. Its mask is
   * one token behind those that it predicts.
   */
  LIT_GPT(
      "transformer.wte",
      "transformer.h.",
      "norm_1",
      List.of("attn.attn"),
      "attn.proj",
      "norm_2",
      List.of("mlp.swiglu.w1", "mlp.swiglu.w2"),
      "mlp.swiglu.w3",
      "transformer.ln_f",
      "lm_head");

  private final String tokenEmbedding;
  private final String layers;
  private final String attentionNorm;
  private final List<String> qkv;
  private final String attentionOut;
  private final String feedNorm;
  private final List<String> gateUp;
  private final String down;
  private final String norm;
  private final String head;

  LlamaNames(
      String tokenEmbedding,
      String layers,
      String attentionNorm,
      List<String> qkv,
      String attentionOut,
      String feedNorm,
      List<String> gateUp,
      String down,
      String norm,
      String head) {
    this.tokenEmbedding = tokenEmbedding;
    this.layers = layers;
    this.attentionNorm = attentionNorm;
    this.qkv = qkv;
    this.attentionOut = attentionOut;
    this.feedNorm = feedNorm;
    this.gateUp = gateUp;
    this.down = down;
    this.norm = norm;
    this.head = head;
  }

  /** The names of a layer's tensors. */
  record Layer(
      String attentionNorm,
      List<String> qkv,
      List<String> qkvBias,
      String attentionOut,
      String feedNorm,
      List<String> gateUp,
      String down) {}

  Layer layer(int index) {
    String prefix = layers + index + ".";
    return new Layer(
        weight(prefix + attentionNorm),
        qkv.stream().map(name -> weight(prefix + name)).toList(),
        this == QWEN2 ? qkv.stream().map(name -> prefix + name + ".bias").toList() : List.of(),
        weight(prefix + attentionOut),
        weight(prefix + feedNorm),
        gateUp.stream().map(name -> weight(prefix + name)).toList(),
        weight(prefix + down));
  }

  /** Of the embeddings. */
  String tokenEmbedding() {
    return weight(tokenEmbedding);
  }

  /** Of the last norm's gain. */
  String norm() {
    return weight(norm);
  }

  /** Of the head, if it is not the embeddings. */
  String head() {
    return weight(head);
  }

  private static String weight(String name) {
    return name + ".weight";
  }

  /** Whether the mask, which is the last token then, is embedded and never predicted. */
  boolean predictsNoMask() {
    return this == LIT_GPT;
  }

  /**
   * The matrices of queries, keys and values in the order of their names, or with one name the rows
   * of the queries, then of the keys, then of the values.
   */
  List<CheckpointTensors.Slice> queriesKeysValues(
      LladaArchitecture shape, int layer, CheckpointTensors tensors) {
    List<String> names = layer(layer).qkv();
    if (names.size() > 1) {
      return names.stream().map(tensors::whole).toList();
    }
    int perGroup = shape.heads() / shape.keyHeads();
    IntStream queries =
        IntStream.range(0, shape.heads()).map(h -> h / perGroup * (perGroup + 2) + h % perGroup);
    IntStream keys = IntStream.range(0, shape.keyHeads()).map(g -> g * (perGroup + 2) + perGroup);
    IntStream values =
        IntStream.range(0, shape.keyHeads()).map(g -> g * (perGroup + 2) + perGroup + 1);
    int size = shape.headSize();
    return Stream.of(queries, keys, values)
        .flatMap(IntStream::boxed)
        .map(head -> tensors.slice(names.getFirst(), head * size, size))
        .toList();
  }
}
