package dev.unmask.app.peers;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.unmask.engine.AtomicFile;
import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.transformer.LladaArchitecture;
import dev.unmask.engine.safetensors.Entry;
import dev.unmask.engine.safetensors.SafetensorsWriter;
import dev.unmask.engine.safetensors.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;

/** Models that were never trained: what they cost is what trained ones would. */
final class RandomLlada {
  /** How far the head's logits differ, so that no rounding decides which is the greatest. */
  private static final double LOGITS = 4;

  private RandomLlada() {}

  /**
   * Writes a model folder without a tokenizer; the mask is the last token.
   *
   * @throws InputException if the folder cannot be written
   */
  static void write(Path folder, LladaArchitecture shape, long seed) {
    var random = new SplittableRandom(seed);
    SequencedMap<Entry, Source> tensors = new LinkedHashMap<>();
    for (Entry entry : shape.tensors()) {
      tensors.put(entry, Source.of(values(entry, deviation(entry, shape), random)));
    }
    try {
      Files.createDirectories(folder);
      byte[] config = new JsonMapper().writeValueAsBytes(config(shape));
      AtomicFile.write(folder.resolve("config.json"), out -> out.write(config));
    } catch (IOException e) {
      throw new InputException(
          "The model folder %s cannot be written (%s); make room for temporary files."
              .formatted(folder, e.getMessage()),
          e);
    }
    SafetensorsWriter.write(folder.resolve("model.safetensors"), Map.of(), tensors);
  }

  /** A product keeps the size of what it is given; rows of the table are as large as a norm's. */
  private static double deviation(Entry entry, LladaArchitecture shape) {
    double kept = 1 / Math.sqrt(entry.shape()[entry.shape().length - 1]);
    if (entry.equals(shape.tensors().getFirst())) {
      return 1;
    }
    return entry.equals(shape.tensors().getLast()) ? LOGITS * kept : kept;
  }

  private static float[] values(Entry entry, double deviation, SplittableRandom random) {
    float[] values = new float[Math.toIntExact(entry.elements())];
    boolean isGain = entry.shape().length == 1;
    for (int i = 0; i < values.length; i++) {
      values[i] = isGain ? 1 : (float) (deviation * random.nextGaussian());
    }
    return values;
  }

  private static SequencedMap<String, Object> config(LladaArchitecture shape) {
    SequencedMap<String, Object> config = new LinkedHashMap<>();
    config.put("model_type", "llada");
    config.put("block_type", "llama");
    config.put("activation_type", "silu");
    config.put("layer_norm_type", "rms");
    config.put("layer_norm_with_affine", true);
    config.put("rms_norm_eps", shape.epsilon());
    config.put("rope", true);
    config.put("rope_theta", shape.theta());
    config.put("d_model", shape.width());
    config.put("n_layers", shape.layers());
    config.put("n_heads", shape.heads());
    config.put("n_kv_heads", shape.keyHeads());
    config.put("mlp_hidden_size", shape.hidden());
    config.put("max_sequence_length", shape.contextLength());
    config.put("vocab_size", shape.vocabulary());
    config.put("embedding_size", shape.vocabulary());
    config.put("weight_tying", shape.tied());
    config.put("eos_token_id", 0);
    config.put("mask_token_id", shape.vocabulary() - 1);
    return config;
  }
}
