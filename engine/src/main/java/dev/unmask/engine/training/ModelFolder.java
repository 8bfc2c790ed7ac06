package dev.unmask.engine.training;

import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.engine.AtomicFile;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.LladaConfig;
import dev.unmask.engine.denoiser.transformer.LladaArchitecture;
import dev.unmask.engine.denoiser.transformer.LladaLayer;
import dev.unmask.engine.denoiser.transformer.LladaWeights;
import dev.unmask.engine.safetensors.ElementType;
import dev.unmask.engine.safetensors.Entry;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.safetensors.SafetensorsWriter;
import dev.unmask.engine.safetensors.Source;
import dev.unmask.engine.training.TensorFiles.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The trained model as LLaDA's own checkpoints are laid out: config.json, model.safetensors (in
 * float16) and tokenizer.json.
 */
record ModelFolder(Path folder, TextSubject subject, LladaWeights weights, TensorFiles files) {
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.safetensors";

  private LladaArchitecture shape() {
    return subject.shape();
  }

  /** Writes the three files, each beside its place first. */
  void save(SpecialTokens tokens, Path tokenizer) {
    try {
      Files.createDirectories(folder);
      SequencedMap<Entry, Source> contents = new LinkedHashMap<>();
      pieces()
          .forEach(
              (name, rows) -> contents.put(rows.entry(name, ElementType.F16), files.float16(rows)));
      SafetensorsWriter.write(folder.resolve(WEIGHTS), Map.of("format", "pt"), contents);
      byte[] vocabulary = Files.readAllBytes(tokenizer);
      AtomicFile.write(folder.resolve("tokenizer.json"), out -> out.write(vocabulary));
      JsonMapper json = new JsonMapper();
      byte[] config =
          json.writer(new DefaultPrettyPrinter()).writeValueAsBytes(config(json, tokens));
      AtomicFile.write(folder.resolve(CONFIG), out -> out.write(config));
    } catch (IOException e) {
      throw new InputException(
          "The model folder %s cannot be written (%s); check that there is room."
              .formatted(folder, e.getMessage()),
          e);
    }
  }

  /**
   * Fills the weights. A model that is told no time can become one that is, and the context may be
   * another: positions are angles, of which nothing is learnt.
   *
   * @throws InputException if the folder holds no model of this shape
   */
  void load() {
    LladaArchitecture found = LladaConfig.read(folder.resolve(CONFIG)).architecture();
    LladaArchitecture fitted = found.within(shape().contextLength());
    if (!fitted.equals(shape()) && !fitted.timed(true).equals(shape())) {
      throw new InputException(
          "The model in %s has %s, where %s were asked for; ask for its shape."
              .formatted(folder, words(found), words(shape())));
    }
    try (SafetensorsFile saved = SafetensorsFile.open(folder.resolve(WEIGHTS))) {
      SequencedMap<String, Rows> pieces = pieces();
      found.tensors().stream()
          .map(Entry::name)
          .forEach(name -> files.load(saved, name, pieces.get(name)));
    }
  }

  private static String words(LladaArchitecture shape) {
    return "%d layers of width %d with %d heads, hidden width %d and %d tokens%s"
        .formatted(
            shape.layers(),
            shape.width(),
            shape.heads(),
            shape.hidden(),
            shape.vocabulary(),
            shape.timed() ? ", told the time" : "");
  }

  /** The rows that each of the architecture's tensors is, in their order. */
  private SequencedMap<String, Rows> pieces() {
    List<Rows> rows = new ArrayList<>();
    rows.add(Rows.all(weights.tokenEmbedding()));
    weights.layers().forEach(layer -> addLayer(layer, rows));
    rows.add(Rows.all(weights.norm()));
    if (!shape().tied()) {
      rows.add(Rows.all(weights.head()));
    }
    weights.time().ifPresent(time -> rows.add(Rows.all(time)));
    SequencedMap<String, Rows> pieces = new LinkedHashMap<>();
    List<Entry> tensors = shape().tensors();
    for (int i = 0; i < tensors.size(); i++) {
      pieces.put(tensors.get(i).name(), rows.get(i));
    }
    return pieces;
  }

  private void addLayer(LladaLayer layer, List<Rows> rows) {
    int width = shape().width();
    int keys = shape().keyWidth();
    int hidden = shape().hidden();
    rows.add(Rows.all(layer.attentionNorm()));
    rows.add(new Rows(layer.qkv(), 0, width));
    rows.add(new Rows(layer.qkv(), width, keys));
    rows.add(new Rows(layer.qkv(), width + keys, keys));
    rows.add(Rows.all(layer.attentionOut()));
    rows.add(Rows.all(layer.feedNorm()));
    rows.add(new Rows(layer.gateUp(), 0, hidden));
    rows.add(new Rows(layer.gateUp(), hidden, hidden));
    rows.add(Rows.all(layer.down()));
  }

  private ObjectNode config(JsonMapper json, SpecialTokens tokens) {
    ObjectNode config = json.createObjectNode();
    config.put("model_type", "llada");
    config.putArray("architectures").add("LLaDAModelLM");
    config.put("activation_type", "silu").put("block_type", "llama").put("block_group_size", 1);
    config.put("layer_norm_type", "rms").put("layer_norm_with_affine", true);
    config.put("rms_norm_eps", shape().epsilon()).put("bias_for_layer_norm", false);
    config.put("attention_layer_norm", false).put("input_emb_norm", false);
    config.put("include_bias", false).put("include_qkv_bias", false);
    config.put("rope", true).put("rope_full_precision", true).put("rope_theta", shape().theta());
    config.put("alibi", false).put("flash_attention", false).putNull("multi_query_attention");
    config.put("attention_dropout", 0.0).put("residual_dropout", 0.0);
    config.put("embedding_dropout", 0.0).put("scale_logits", false).put("mlp_ratio", 4);
    config.put("d_model", shape().width()).put("n_layers", shape().layers());
    config.put("n_heads", shape().heads()).put("n_kv_heads", shape().keyHeads());
    config
        .put("mlp_hidden_size", shape().hidden())
        .put("max_sequence_length", shape().contextLength());
    config.put("vocab_size", shape().vocabulary()).put("embedding_size", shape().vocabulary());
    config.put("weight_tying", shape().tied()).put("causal", subject.goal() == Goal.CAUSAL);
    config.put("time_conditioned", shape().timed());
    if (subject.goal() == Goal.BLOCK) {
      config.put("block_size", subject.block());
    }
    config.put("pad_token_id", tokens.pad()).put("eos_token_id", tokens.end());
    return config.put("mask_token_id", tokens.mask());
  }
}
