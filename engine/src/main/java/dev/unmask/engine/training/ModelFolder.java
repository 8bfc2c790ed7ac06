package dev.unmask.engine.training;

import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.engine.InputException;
import dev.unmask.engine.safetensors.ElementType;
import dev.unmask.engine.safetensors.Entry;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.safetensors.SafetensorsWriter;
import dev.unmask.engine.safetensors.Source;
import dev.unmask.engine.training.TensorFiles.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The trained model as LLaDA's own checkpoints are laid out: config.json, model.safetensors (in
 * float16) and tokenizer.json.
 */
record ModelFolder(Path folder, ModelShape shape, Weights weights, TensorFiles files) {
  private static final String WEIGHTS = "model.safetensors";
  private static final String PREFIX = "model.transformer.";

  /** Writes the three files, each beside its place first. */
  void save(SpecialTokens tokens, Path tokenizer) {
    try {
      Files.createDirectories(folder);
      SequencedMap<Entry, Source> contents = new LinkedHashMap<>();
      pieces()
          .forEach(
              (name, rows) -> contents.put(rows.entry(name, ElementType.F16), files.float16(rows)));
      SafetensorsWriter.write(folder.resolve(WEIGHTS), Map.of("format", "pt"), contents);
      replace(folder.resolve("tokenizer.json"), Files.readAllBytes(tokenizer));
      JsonMapper json = new JsonMapper();
      replace(
          folder.resolve("config.json"),
          json.writer(new DefaultPrettyPrinter()).writeValueAsBytes(config(json, tokens)));
    } catch (IOException e) {
      throw new InputException(
          "The model folder %s cannot be written (%s); check that there is room."
              .formatted(folder, e.getMessage()),
          e);
    }
  }

  /**
   * Fills the weights.
   *
   * @throws InputException if the folder holds no model of this shape
   */
  void load() {
    try (SafetensorsFile saved = SafetensorsFile.open(folder.resolve(WEIGHTS))) {
      pieces().forEach((name, rows) -> files.load(saved, name, rows));
    }
  }

  private static void replace(Path file, byte[] contents) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".writing");
    Files.write(beside, contents);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The names of LLaDA's tensors, and the rows of the fused ones that they are. */
  private SequencedMap<String, Rows> pieces() {
    SequencedMap<String, Rows> pieces = new LinkedHashMap<>();
    pieces.put(PREFIX + "wte.weight", Rows.all(weights.table().weight()));
    for (int i = 0; i < shape.layers(); i++) {
      addLayer(PREFIX + "blocks." + i + ".", weights.layers().get(i), pieces);
    }
    pieces.put(PREFIX + "ln_f.weight", Rows.all(weights.norm().weight()));
    if (!shape.tied()) {
      pieces.put(PREFIX + "ff_out.weight", Rows.all(weights.head().weight()));
    }
    return pieces;
  }

  private void addLayer(String prefix, Weights.Layer layer, Map<String, Rows> pieces) {
    int width = shape.width();
    int keys = shape.keyWidth();
    int hidden = shape.hidden();
    Parameter qkv = layer.qkv();
    Parameter gateUp = layer.gateUp();
    pieces.put(prefix + "attn_norm.weight", Rows.all(layer.attentionNorm().weight()));
    pieces.put(prefix + "q_proj.weight", new Rows(qkv.weight(), 0, width));
    pieces.put(prefix + "k_proj.weight", new Rows(qkv.weight(), width, keys));
    pieces.put(prefix + "v_proj.weight", new Rows(qkv.weight(), width + keys, keys));
    pieces.put(prefix + "attn_out.weight", Rows.all(layer.attentionOut().weight()));
    pieces.put(prefix + "ff_norm.weight", Rows.all(layer.feedNorm().weight()));
    pieces.put(prefix + "ff_proj.weight", new Rows(gateUp.weight(), 0, hidden));
    pieces.put(prefix + "up_proj.weight", new Rows(gateUp.weight(), hidden, hidden));
    pieces.put(prefix + "ff_out.weight", Rows.all(layer.down().weight()));
  }

  private ObjectNode config(JsonMapper json, SpecialTokens tokens) {
    ObjectNode config = json.createObjectNode();
    config.put("model_type", "llada");
    config.putArray("architectures").add("LLaDAModelLM");
    config.put("activation_type", "silu").put("block_type", "llama").put("block_group_size", 1);
    config.put("layer_norm_type", "rms").put("layer_norm_with_affine", true);
    config.put("rms_norm_eps", 1e-5).put("bias_for_layer_norm", false);
    config.put("attention_layer_norm", false).put("input_emb_norm", false);
    config.put("include_bias", false).put("include_qkv_bias", false);
    config.put("rope", true).put("rope_full_precision", true).put("rope_theta", ModelShape.THETA);
    config.put("alibi", false).put("flash_attention", false).putNull("multi_query_attention");
    config.put("attention_dropout", 0.0).put("residual_dropout", 0.0);
    config.put("embedding_dropout", 0.0).put("scale_logits", false).put("mlp_ratio", 4);
    config.put("d_model", shape.width()).put("n_layers", shape.layers());
    config.put("n_heads", shape.heads()).put("n_kv_heads", shape.keyHeads());
    config.put("mlp_hidden_size", shape.hidden()).put("max_sequence_length", shape.context());
    config.put("vocab_size", shape.vocabulary()).put("embedding_size", shape.vocabulary());
    config.put("weight_tying", shape.tied());
    config.put("pad_token_id", tokens.pad()).put("eos_token_id", tokens.end());
    return config.put("mask_token_id", tokens.mask());
  }
}
