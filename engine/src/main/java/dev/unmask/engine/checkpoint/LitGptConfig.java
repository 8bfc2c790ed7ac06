package dev.unmask.engine.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.denoiser.transformer.LladaArchitecture;
import dev.unmask.engine.denoiser.transformer.LladaTransformer;
import dev.unmask.engine.denoiser.transformer.LlamaNames;
import dev.unmask.engine.denoiser.transformer.TransformerShape;
import dev.unmask.engine.safetensors.Weights;
import dev.unmask.engine.tensor.TensorOps;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the configuration of a Lit-GPT model says, in Lit-GPT's own fields, for <a
 * href="https://arxiv.org/abs/2410.18514">SMDM</a>. Its mask is one token behind its padded
 * vocabulary.
 *
 * @param endIds tokens that end a text
 */
public record LitGptConfig(LladaArchitecture architecture, int[] endIds) implements ModelConfig {
  static boolean recognises(JsonNode root) {
    return root.has("n_embd") && root.has("n_query_groups");
  }

  static LitGptConfig of(Path file, JsonNode root) {
    ConfigFields fields = new ConfigFields(file, root);
    fields.require("_mlp_class", "LLaMAMLP");
    fields.require("bias", "false");
    fields.require("parallel_residual", "false");
    fields.require("shared_attention_norm", "false");
    fields.require("rotary_percentage", "1.0");
    fields.require("condense_ratio", "1");
    int width = fields.count("n_embd");
    int heads = fields.count("n_head");
    int groups = fields.count("n_query_groups");
    fields.checkHeads("n_embd, n_head and n_query_groups", width, heads, groups);
    int multiple = fields.count("padding_multiple", 512);
    int padded = Math.ceilDiv(fields.count("vocab_size", 32_000), multiple) * multiple;
    int vocabulary = fields.count("padded_vocab_size", padded) + 1;
    LladaArchitecture architecture =
        new LladaArchitecture(
                fields.layers("n_layer"),
                width,
                heads,
                groups,
                fields.count("intermediate_size", fields.multiple("intermediate_size", 4, width)),
                vocabulary,
                fields.count("block_size"),
                false,
                10_000,
                (float) fields.number("norm_eps", 1e-5))
            .named(LlamaNames.LIT_GPT);
    return new LitGptConfig(architecture, fields.tokens("eos_token_id", vocabulary));
  }

  @Override
  public Vocabulary vocabulary() {
    return new Vocabulary(architecture.vocabulary(), architecture.vocabulary() - 1, endIds);
  }

  @Override
  public Optional<TransformerShape> shape() {
    return Optional.of(architecture.transformer());
  }

  @Override
  public TokenDenoiser denoiser(Weights weights, TensorOps ops) {
    return new LladaTransformer(architecture, weights, ops);
  }
}
