package dev.unmask.engine.checkpoint;

import dev.unmask.engine.InputException;
import dev.unmask.engine.safetensors.Entry;
import dev.unmask.engine.safetensors.Weights;
import java.nio.file.Path;
import java.util.List;

/** The vectors that a model has for its tokens. */
public final class Embeddings {
  /** What the architectures call them; some put a prefix before. */
  private static final List<String> NAMES =
      List.of(
          "wte.weight", "embed_tokens.weight", "word_embeddings.weight", "vocab_embed.embedding");

  private Embeddings() {}

  /**
   * Of the model in a folder.
   *
   * @param size V
   * @return [V][width]
   * @throws InputException if the model has none
   */
  public static double[][] read(Path folder, int size) {
    try (Weights weights = new WeightFiles(folder).open()) {
      Entry table =
          weights.entries().values().stream()
              .filter(entry -> NAMES.stream().anyMatch(entry.name()::endsWith))
              .filter(entry -> entry.shape().length == 2 && entry.shape()[0] >= size)
              .findFirst()
              .orElseThrow(
                  () ->
                      new InputException(
                          "The model %s has no embeddings, so its tokens have no neighbours; choose other noise."
                              .formatted(folder.getFileName())));
      int width = Math.toIntExact(table.shape()[1]);
      double[][] rows = new double[size][width];
      for (int token = 0; token < size; token++) {
        float[] row = weights.floats(table.name(), (long) token * width, width);
        for (int i = 0; i < width; i++) {
          rows[token][i] = row[i];
        }
      }
      return rows;
    }
  }
}
