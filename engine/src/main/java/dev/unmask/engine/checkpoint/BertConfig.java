package dev.unmask.engine.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.denoiser.bert.BertArchitecture;
import dev.unmask.engine.denoiser.bert.BertFamily;
import dev.unmask.engine.denoiser.bert.BertTransformer;
import dev.unmask.engine.denoiser.transformer.TransformerShape;
import dev.unmask.engine.safetensors.Weights;
import dev.unmask.engine.tensor.TensorOps;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What the config.json of a <a href="https://arxiv.org/abs/1810.04805">BERT</a> or <a
 * href="https://arxiv.org/abs/1907.11692">RoBERTa</a> says. The mask's id is known to its tokenizer
 * alone.
 *
 * @param endIds tokens that end a text
 */
public record BertConfig(BertArchitecture architecture, int maskId, int[] endIds)
    implements ModelConfig {
  private static final Set<String> TYPES = Set.of("bert", "roberta");

  static boolean recognises(JsonNode root) {
    return TYPES.contains(root.path("model_type").asText());
  }

  static BertConfig of(Path file, JsonNode root) {
    ConfigFields fields = new ConfigFields(file, root);
    fields.require("hidden_act", "gelu");
    fields.require("position_embedding_type", "absolute");
    fields.require("is_decoder", "false");
    BertFamily family =
        root.path("model_type").asText().equals("bert") ? BertFamily.BERT : BertFamily.ROBERTA;
    int width = fields.count("hidden_size");
    int heads = fields.count("num_attention_heads");
    int vocabulary = fields.count("vocab_size");
    int padding = fields.has("pad_token_id") ? fields.token("pad_token_id", vocabulary) : 0;
    fields.checkHeads("hidden_size, num_attention_heads and key heads", width, heads, heads);
    BertArchitecture architecture =
        new BertArchitecture(
            family,
            fields.layers("num_hidden_layers"),
            width,
            heads,
            fields.count("intermediate_size"),
            vocabulary,
            fields.count("max_position_embeddings"),
            family.firstPosition(padding),
            fields.count("type_vocab_size", 2),
            fields.flag("tie_word_embeddings", true),
            (float) fields.number("layer_norm_eps", 1e-12));
    if (architecture.transformer().contextLength() < 1) {
      throw fields.wrong("its max_position_embeddings leave no position for a token");
    }
    String mask = family == BertFamily.BERT ? "[MASK]" : "<mask>";
    return new BertConfig(
        architecture, fields.mask(mask, vocabulary), fields.tokens("eos_token_id", vocabulary));
  }

  @Override
  public Vocabulary vocabulary() {
    return new Vocabulary(architecture.vocabulary(), maskId, endIds);
  }

  @Override
  public Optional<TransformerShape> shape() {
    return Optional.of(architecture.transformer());
  }

  @Override
  public TokenDenoiser denoiser(Weights weights, TensorOps ops) {
    return new BertTransformer(architecture, weights, ops);
  }
}
