package dev.unmask.engine.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.denoiser.TrainedFor;
import dev.unmask.engine.denoiser.TransformerShape;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.safetensors.Weights;
import dev.unmask.engine.tensor.TensorOps;
import java.nio.file.Path;
import java.util.Optional;

/** What a model folder's config.json says, for every architecture that can be run. */
public sealed interface ModelConfig
    permits LladaConfig, QwenConfig, LitGptConfig, BertConfig, DitConfig, ExactConfig {
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
    return DitConfig.recognises(root) ? DitConfig.of(file, root) : LladaConfig.of(file, root);
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
