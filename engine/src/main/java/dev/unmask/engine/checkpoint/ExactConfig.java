package dev.unmask.engine.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.denoiser.exact.ExactDenoiser;
import dev.unmask.engine.denoiser.exact.ExactDenoiser.Sequence;
import dev.unmask.engine.denoiser.transformer.TransformerShape;
import dev.unmask.engine.safetensors.Values;
import dev.unmask.engine.safetensors.Weights;
import dev.unmask.engine.tensor.TensorOps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the config.json of a model says that lists every sequence it can write, in place of weights:
 * {@code sequences} I32 [N, L] and {@code weights}, their relative probabilities, [N].
 *
 * @param others the probability of sequences that are not listed
 */
public record ExactConfig(Vocabulary vocabulary, double others) implements ModelConfig {
  private static final String TYPE = "exact";
  private static final String SEQUENCES = "sequences";
  private static final String WEIGHTS = "weights";

  static boolean recognises(JsonNode root) {
    return root.path("model_type").asText().equals(TYPE);
  }

  static ExactConfig of(Path file, JsonNode root) {
    ConfigFields fields = new ConfigFields(file, root);
    int size = fields.count("vocab_size");
    double others = fields.number("other_sequences", 0);
    if (others >= 1) {
      throw fields.wrong("its other_sequences is %s and not below 1".formatted(others));
    }
    Vocabulary vocabulary = new Vocabulary(size, fields.token("mask_token_id", size), new int[0]);
    return new ExactConfig(vocabulary, others);
  }

  @Override
  public Optional<TransformerShape> shape() {
    return Optional.empty();
  }

  @Override
  public TokenDenoiser denoiser(Weights file, TensorOps ops) {
    List<Sequence> sequences = sequences(file);
    file.close();
    ops.close();
    return new ExactDenoiser(vocabulary, sequences, others, RowMeaning.CLEAN_LOGITS);
  }

  private List<Sequence> sequences(Weights file) {
    long[] shape = file.entry(SEQUENCES).shape();
    float[] weights = file.floats(WEIGHTS);
    if (!(file.values(SEQUENCES) instanceof Values.I32(int[] tokens))
        || shape.length != 2
        || tokens.length == 0
        || shape[0] != weights.length) {
      throw wrong(file, "its sequences are not I32 [N, L] with N weights");
    }
    int length = (int) shape[1];
    List<Sequence> sequences = new ArrayList<>();
    for (int n = 0; n < weights.length; n++) {
      int[] sequence = Arrays.copyOfRange(tokens, n * length, (n + 1) * length);
      boolean isClean =
          Arrays.stream(sequence)
              .allMatch(t -> t >= 0 && t < vocabulary.size() && t != vocabulary.maskId());
      if (!isClean || !(weights[n] > 0 && weights[n] < Float.POSITIVE_INFINITY)) {
        throw wrong(file, "sequence %d holds what is no token, or has no weight".formatted(n));
      }
      sequences.add(new Sequence(sequence, weights[n]));
    }
    return sequences;
  }

  private static InputException wrong(Weights file, String what) {
    return new InputException(
        "%s does not fit its config.json: %s; fetch both from the same place."
            .formatted(file.path(), what));
  }
}
