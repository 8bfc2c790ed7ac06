package dev.unmask.engine.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.denoiser.TrainedFor;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.denoiser.transformer.TransformerShape;
import dev.unmask.engine.safetensors.Weights;
import dev.unmask.engine.tensor.TensorOps;
import java.nio.file.Path;
import java.util.Optional;

/** What a model folder's config.json says, for every architecture that can be run. */
public sealed interface ModelConfig
    permits LladaConfig, QwenConfig, LitGptConfig, BertConfig, DitConfig, ExactConfig {
  /** In words. */
  String KNOWN =
      "llada, dream, qwen2, bert, roberta, mdlm, bd3lm, exact, SEDD's with a graph and Lit-GPT's of"
          + " SMDM";

  /**
   * Reads and checks.
   *
   * @throws InputException if it is missing, describes no model that can be run, or does not make
   *     sense
   */
  static ModelConfig read(Path file) {
    JsonNode root = JsonFile.read(file);
    if (ExactConfig.recognises(root)) {
      return ExactConfig.of(file, root);
    }
    if (QwenConfig.recognises(root)) {
      return QwenConfig.of(file, root);
    }
    if (BertConfig.recognises(root)) {
      return BertConfig.of(file, root);
    }
    if (LitGptConfig.recognises(root)) {
      return LitGptConfig.of(file, root);
    }
    if (DitConfig.recognises(root)) {
      return DitConfig.of(file, root);
    }
    if (LladaConfig.recognises(root)) {
      return LladaConfig.of(file, root);
    }
    JsonNode type = root.path("model_type");
    throw new InputException(
        "%s is of %s, which this program cannot run; what it can are %s."
            .formatted(
                file,
                type.isTextual() ? "the model_type \"" + type.asText() + "\"" : "no model_type",
                KNOWN));
  }

  /** What samplers must know of its tokens. */
  Vocabulary vocabulary();

  /** What it was trained for. */
  default TrainedFor trainedFor() {
    return TrainedFor.MASKS;
  }

  /** The sizes of its transformer, if it is one. */
  Optional<TransformerShape> shape();

  /**
   * Builds the model.
   *
   * @param weights closed with the model
   * @param ops closed with the model
   * @throws InputException if the weights are not those that the config describes
   */
  TokenDenoiser denoiser(Weights weights, TensorOps ops);
}
