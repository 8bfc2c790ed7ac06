package dev.unmask.engine.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.engine.denoiser.ShiftedDenoiser;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.denoiser.transformer.LladaArchitecture;
import dev.unmask.engine.denoiser.transformer.LladaTransformer;
import dev.unmask.engine.denoiser.transformer.LlamaNames;
import dev.unmask.engine.denoiser.transformer.TransformerShape;
import dev.unmask.engine.safetensors.Weights;
import dev.unmask.engine.tensor.TensorOps;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the config.json of a diffusion model made from Qwen2 says: <a
 * href="https://arxiv.org/abs/2508.15487">Dream</a>'s, DiffuCoder's, Open-dLLM's. Their logits are
 * about the token behind, unless "right_shift_logits" is false.
 *
 * @param endIds tokens that end a text
 * @param shifted whether a row is about the token behind
 */
public record QwenConfig(LladaArchitecture architecture, int maskId, int[] endIds, boolean shifted)
    implements ModelConfig {
  private static final Set<String> TYPES = Set.of("dream", "qwen2");

  static boolean recognises(JsonNode root) {
    return TYPES.contains(root.path("model_type").asText().toLowerCase(Locale.ROOT));
  }

  static QwenConfig of(Path file, JsonNode root) {
    ConfigFields fields = new ConfigFields(file, root);
    fields.require("hidden_act", "silu");
    fields.require("use_sliding_window", "false");
    fields.require("use_mrope", "false");
    fields.requireAbsent("rope_scaling");
    int width = fields.count("hidden_size");
    int heads = fields.count("num_attention_heads");
    int keyHeads = fields.count("num_key_value_heads", heads);
    int vocabulary = fields.count("vocab_size");
    fields.checkHeads(
        "hidden_size, num_attention_heads and num_key_value_heads", width, heads, keyHeads);
    fields.require("head_dim", String.valueOf(width / heads));
    LladaArchitecture architecture =
        new LladaArchitecture(
                fields.layers("num_hidden_layers"),
                width,
                heads,
                keyHeads,
                fields.count("intermediate_size"),
                vocabulary,
                fields.count("max_position_embeddings"),
                fields.flag("tie_word_embeddings", false),
                fields.number("rope_theta", 10_000),
                (float) fields.number("rms_norm_eps", 1e-6))
            .named(LlamaNames.QWEN2);
    return new QwenConfig(
        architecture,
        fields.mask("<|mask|>", vocabulary),
        fields.tokens("eos_token_id", vocabulary),
        fields.flag("right_shift_logits", true));
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
    TokenDenoiser transformer = new LladaTransformer(architecture, weights, ops);
    return shifted ? new ShiftedDenoiser(transformer) : transformer;
  }
}
