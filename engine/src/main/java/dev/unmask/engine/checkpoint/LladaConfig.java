package dev.unmask.engine.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.BlockCausalDenoiser;
import dev.unmask.engine.denoiser.NextTokenDenoiser;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.denoiser.TrainedFor;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.denoiser.transformer.LladaArchitecture;
import dev.unmask.engine.denoiser.transformer.LladaTransformer;
import dev.unmask.engine.denoiser.transformer.TransformerShape;
import dev.unmask.engine.safetensors.Weights;
import dev.unmask.engine.tensor.TensorOps;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a LLaDA model's config.json says. Two fields are not LLaDA's own: "causal" says that a model
 * is autoregressive, and "block_size" that it was trained as BD3-LM is, block by block of so many
 * positions counted from the sequence's first: each position sees its own block and those before.
 *
 * @param endId the token that ends a text
 * @param maskId the token that stands for noise
 * @param causal whether it is autoregressive
 * @param blockSize positions of a block, if it was trained block by block
 */
public record LladaConfig(
    LladaArchitecture architecture, int endId, int maskId, boolean causal, OptionalInt blockSize)
    implements ModelConfig {
  /** In LLaDA-8B's vocabulary, {@code <|eot_id|>} ends an answer as {@code <|endoftext|>} does. */
  private static final int LLADA_END_OF_TEXT = 126_081;

  private static final int LLADA_END_OF_TURN = 126_348;

  /**
   * Reads and checks.
   *
   * @throws InputException if it is missing, is no LLaDA, or does not make sense
   */
  public static LladaConfig read(Path file) {
    return of(file, JsonFile.read(file));
  }

  static boolean recognises(JsonNode root) {
    return root.path("model_type").asText().equals("llada");
  }

  static LladaConfig of(Path file, JsonNode root) {
    ConfigFields fields = new ConfigFields(file, root);
    checkForm(fields);
    int width = fields.count("d_model");
    int heads = fields.count("n_heads");
    int keyHeads = keyHeads(fields, heads);
    fields.checkHeads("d_model, n_heads and n_kv_heads", width, heads, keyHeads);
    int embeddings = fields.count("embedding_size", fields.count("vocab_size"));
    LladaArchitecture architecture =
        new LladaArchitecture(
                fields.layers("n_layers"),
                width,
                heads,
                keyHeads,
                fields.count(
                    "mlp_hidden_size",
                    fields.multiple("mlp_hidden_size", fields.count("mlp_ratio", 4), width)),
                embeddings,
                fields.count("max_sequence_length"),
                fields.flag("weight_tying", true),
                fields.number("rope_theta", 10_000),
                (float) fields.number("rms_norm_eps", 1e-5))
            .timed(fields.flag("time_conditioned", false));
    return new LladaConfig(
        architecture,
        fields.token("eos_token_id", embeddings),
        fields.token("mask_token_id", embeddings),
        fields.flag("causal", false),
        fields.optionalCount("block_size"));
  }

  /** The architecture is written down in many forms, of which the published models use one. */
  private static void checkForm(ConfigFields fields) {
    fields.require("model_type", "llada");
    fields.require("block_type", "llama");
    fields.require("activation_type", "silu");
    fields.require("layer_norm_type", "rms");
    fields.require("layer_norm_with_affine", "true");
    fields.require("rope", "true");
    for (String absent :
        List.of(
            "alibi",
            "include_bias",
            "include_qkv_bias",
            "bias_for_layer_norm",
            "attention_layer_norm",
            "input_emb_norm",
            "scale_logits")) {
      fields.require(absent, "false");
    }
  }

  private static int keyHeads(ConfigFields fields, int heads) {
    boolean one = fields.flag("multi_query_attention", false);
    return fields.count("n_kv_heads", one ? 1 : heads);
  }

  @Override
  public Vocabulary vocabulary() {
    int[] endIds =
        endId == LLADA_END_OF_TEXT && LLADA_END_OF_TURN < architecture.vocabulary()
            ? new int[] {endId, LLADA_END_OF_TURN}
            : new int[] {endId};
    return new Vocabulary(architecture.vocabulary(), maskId, endIds);
  }

  @Override
  public TrainedFor trainedFor() {
    if (causal) {
      return TrainedFor.LEFT_TO_RIGHT;
    }
    if (architecture.timed()) {
      return TrainedFor.UNIFORM_NOISE;
    }
    return blockSize.isPresent() ? TrainedFor.BLOCKS : TrainedFor.MASKS;
  }

  @Override
  public Optional<TransformerShape> shape() {
    return Optional.of(architecture.transformer());
  }

  @Override
  public TokenDenoiser denoiser(Weights file, TensorOps ops) {
    TokenDenoiser transformer = new LladaTransformer(architecture, file, ops);
    if (causal) {
      return new NextTokenDenoiser(transformer, endId);
    }
    return blockSize.isPresent()
        ? new BlockCausalDenoiser(transformer, blockSize.getAsInt())
        : transformer;
  }
}
