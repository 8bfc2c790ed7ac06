package dev.unmask.engine.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.BlockCausalDenoiser;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.denoiser.TrainedFor;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.denoiser.dit.DitArchitecture;
import dev.unmask.engine.denoiser.dit.DitTransformer;
import dev.unmask.engine.denoiser.transformer.TransformerShape;
import dev.unmask.engine.safetensors.Weights;
import dev.unmask.engine.tensor.TensorOps;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the config.json of a diffusion transformer says: MDLM's and BD3-LM's name their model_type,
 * SEDD's has a "graph". Their mask is the last token, one behind those of their tokenizer.
 *
 * @param endIds tokens that end a text
 * @param blockSize positions of a block, for BD3-LM
 */
public record DitConfig(DitArchitecture architecture, int[] endIds, OptionalInt blockSize)
    implements ModelConfig {
  private static final Set<String> TYPES = Set.of("mdlm", "bd3lm");

  /** GPT-2's vocabulary, which the published ones have, and the mask. */
  private static final int PUBLISHED_VOCABULARY = 50_258;

  private static final int PUBLISHED_END = 50_256;

  static boolean recognises(JsonNode root) {
    return TYPES.contains(root.path("model_type").asText()) || root.path("graph").isObject();
  }

  /**
   * Checks a file's contents.
   *
   * @throws InputException if they do not make sense
   */
  public static DitConfig of(Path file, JsonNode root) {
    ConfigFields fields = new ConfigFields(file, root);
    return root.path("graph").isObject() ? sedd(fields) : mdlm(fields);
  }

  private static DitConfig mdlm(ConfigFields fields) {
    fields.require("causal", "false");
    int vocabulary = fields.count("vocab_size");
    DitArchitecture architecture =
        new DitArchitecture(
            "backbone.",
            fields.layers("n_blocks"),
            fields.count("hidden_dim"),
            fields.count("n_heads"),
            fields.count("cond_dim"),
            vocabulary,
            fields.count("model_length"),
            fields.flag("adaln", true),
            fields.flag("time_conditioning", false),
            false);
    boolean blocks = fields.flag("cross_attn", false);
    return checked(
        fields,
        architecture,
        blocks ? OptionalInt.of(fields.count("block_size")) : OptionalInt.empty());
  }

  private static DitConfig sedd(ConfigFields fields) {
    ConfigFields model = fields.within("model");
    fields.within("graph").require("type", "absorb");
    fields.within("noise").require("type", "loglinear");
    model.require("scale_by_sigma", "true");
    DitArchitecture architecture =
        new DitArchitecture(
            "",
            model.layers("n_blocks"),
            model.count("hidden_size"),
            model.count("n_heads"),
            model.count("cond_dim"),
            fields.count("tokens") + 1,
            model.count("length"),
            true,
            true,
            true);
    return checked(fields, architecture, OptionalInt.empty());
  }

  private static DitConfig checked(
      ConfigFields fields, DitArchitecture architecture, OptionalInt blockSize) {
    if (architecture.width() % (2 * architecture.heads()) != 0) {
      throw fields.wrong(
          "its %d heads do not share a width of %d evenly"
              .formatted(architecture.heads(), architecture.width()));
    }
    int vocabulary = architecture.vocabulary();
    boolean published = vocabulary == PUBLISHED_VOCABULARY;
    int[] endIds = published ? new int[] {PUBLISHED_END} : new int[0];
    return new DitConfig(
        architecture,
        fields.has("eos_token_id") ? new int[] {fields.token("eos_token_id", vocabulary)} : endIds,
        blockSize);
  }

  /** The same, told the time or not. */
  public DitConfig timed(boolean told) {
    return new DitConfig(architecture.timed(told), endIds, blockSize);
  }

  @Override
  public Vocabulary vocabulary() {
    return new Vocabulary(architecture.vocabulary(), architecture.vocabulary() - 1, endIds);
  }

  @Override
  public TrainedFor trainedFor() {
    return blockSize.isPresent() ? TrainedFor.BLOCKS : TrainedFor.MASKS;
  }

  @Override
  public Optional<TransformerShape> shape() {
    return Optional.of(architecture.transformer());
  }

  @Override
  public TokenDenoiser denoiser(Weights file, TensorOps ops) {
    TokenDenoiser transformer = new DitTransformer(architecture, file, ops);
    return blockSize.isPresent()
        ? new BlockCausalDenoiser(transformer, blockSize.getAsInt())
        : transformer;
  }
}
