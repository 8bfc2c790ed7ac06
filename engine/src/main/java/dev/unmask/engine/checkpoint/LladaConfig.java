package dev.unmask.engine.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.LladaArchitecture;
import dev.unmask.engine.denoiser.Vocabulary;
import java.nio.file.Path;
import java.util.List;

/**
 * What a LLaDA model's config.json says.
 *
 * @param endId the token that ends a text
 * @param maskId the token that stands for noise
 * @param causal whether it is autoregressive: the field "causal", which LLaDA's own do not have
 */
public record LladaConfig(LladaArchitecture architecture, int endId, int maskId, boolean causal) {
  /** In LLaDA-8B's vocabulary, {@code <|eot_id|>} ends an answer as {@code <|endoftext|>} does. */
  private static final int LLADA_END_OF_TEXT = 126_081;

  private static final int LLADA_END_OF_TURN = 126_348;

  /**
   * Reads and checks.
   *
   * @throws InputException if it is missing, is no LLaDA, or does not make sense
   */
  public static LladaConfig read(Path file) {
    Fields fields = new Fields(file, JsonFile.read(file));
    checkForm(fields);
    int width = fields.count("d_model");
    int heads = fields.count("n_heads");
    int keyHeads = keyHeads(fields, heads);
    if (width % heads != 0 || width / heads % 2 != 0 || heads % keyHeads != 0) {
      throw fields.wrong(
          "its d_model %d, n_heads %d and n_kv_heads %d do not divide"
              .formatted(width, heads, keyHeads));
    }
    int embeddings = fields.count("embedding_size", fields.count("vocab_size"));
    LladaArchitecture architecture =
        new LladaArchitecture(
            fields.count("n_layers"),
            width,
            heads,
            keyHeads,
            fields.count("mlp_hidden_size", width * fields.count("mlp_ratio", 4)),
            embeddings,
            fields.count("max_sequence_length"),
            fields.flag("weight_tying", true),
            fields.number("rope_theta", 10_000),
            (float) fields.number("rms_norm_eps", 1e-5),
            fields.flag("time_conditioned", false));
    return new LladaConfig(
        architecture,
        fields.token("eos_token_id", embeddings),
        fields.token("mask_token_id", embeddings),
        fields.flag("causal", false));
  }

  /** The architecture is written down in many forms, of which the published models use one. */
  private static void checkForm(Fields fields) {
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

  private static int keyHeads(Fields fields, int heads) {
    boolean one = fields.flag("multi_query_attention", false);
    return fields.count("n_kv_heads", one ? 1 : heads);
  }

  /** What samplers must know of its tokens. */
  public Vocabulary vocabulary() {
    int[] endIds =
        endId == LLADA_END_OF_TEXT && LLADA_END_OF_TURN < architecture.vocabulary()
            ? new int[] {endId, LLADA_END_OF_TURN}
            : new int[] {endId};
    return new Vocabulary(architecture.vocabulary(), maskId, endIds);
  }

  /** The fields of a file, each checked when it is asked for. */
  private record Fields(Path file, JsonNode root) {
    void require(String name, String only) {
      JsonNode value = root.path(name);
      if (!value.isMissingNode() && !value.isNull() && !value.asText().equals(only)) {
        throw wrong("its %s is %s and this program knows only %s".formatted(name, value, only));
      }
    }

    boolean flag(String name, boolean absent) {
      return root.path(name).asBoolean(absent);
    }

    int count(String name) {
      if (!root.hasNonNull(name)) {
        throw wrong("it has no " + name);
      }
      return count(name, 0);
    }

    int count(String name, int absent) {
      JsonNode value = root.path(name);
      if (value.isMissingNode() || value.isNull()) {
        return absent;
      }
      if (!value.isInt() || value.intValue() < 1) {
        throw wrong("its %s is %s and not a whole number from 1".formatted(name, value));
      }
      return value.intValue();
    }

    double number(String name, double absent) {
      JsonNode value = root.path(name);
      if (value.isMissingNode() || value.isNull()) {
        return absent;
      }
      if (!value.isNumber() || !(value.doubleValue() > 0)) {
        throw wrong("its %s is %s and not a number above 0".formatted(name, value));
      }
      return value.doubleValue();
    }

    int token(String name, int vocabulary) {
      JsonNode value = root.path(name);
      if (!value.isInt() || value.intValue() < 0 || value.intValue() >= vocabulary) {
        throw wrong(
            "its %s is %s and not a token from 0 to %d".formatted(name, value, vocabulary - 1));
      }
      return value.intValue();
    }

    InputException wrong(String what) {
      return new InputException(
          "%s does not describe a model that can be run: %s; use a LLaDA model as it was published."
              .formatted(file, what));
    }
  }
}
