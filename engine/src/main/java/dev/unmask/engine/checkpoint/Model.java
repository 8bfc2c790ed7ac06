package dev.unmask.engine.checkpoint;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.safetensors.Weights;
import dev.unmask.engine.tensor.Accelerator;
import dev.unmask.engine.tensor.TensorOps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * A denoiser and its tokenizer, out of one folder.
 *
 * @param name of the folder
 * @param sha256 of its weights' files, in lower-case hexadecimal
 */
public record Model(
    String name, String sha256, TokenDenoiser denoiser, Tokenizer tokenizer, Vocabulary vocabulary)
    implements AutoCloseable {
  /**
   * Loads config.json, the weights and tokenizer.json.
   *
   * @param threads that the denoiser computes on
   * @throws InputException if one is missing, cannot be read, or does not fit the others
   */
  public static Model open(Path folder, int threads) {
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          folder + " is not a folder; give the folder that holds a model's config.json.");
    }
    NativeLibraries.load();
    Accelerator accelerator = Accelerator.probe();
    CompletableFuture<TensorOps> ops =
        CompletableFuture.supplyAsync(() -> accelerator.open(threads));
    CompletableFuture<Tokenizer> tokenizer =
        CompletableFuture.supplyAsync(() -> Tokenizer.open(folder.resolve("tokenizer.json")));
    WeightFiles files = new WeightFiles(folder);
    Weights weights = null;
    try {
      ModelConfig config = ModelConfig.read(folder.resolve("config.json"));
      weights = files.open();
      String name = MemoryEstimate.name(folder);
      MemoryEstimate.of(name, config, weights, 1).checkFits(accelerator);
      CompletableFuture<String> digest =
          CompletableFuture.supplyAsync(() -> Sha256.of(files.paths().toArray(Path[]::new)));
      TokenDenoiser denoiser = config.denoiser(weights, ops.join());
      checkFit(folder, tokenizer.join(), config.vocabulary());
      return new Model(name, digest.join(), denoiser, tokenizer.join(), config.vocabulary());
    } catch (LinkageError e) {
      close(ops, tokenizer, weights);
      throw accelerator.failed(e);
    } catch (RuntimeException e) {
      close(ops, tokenizer, weights);
      throw e.getCause() instanceof InputException input ? input : e;
    }
  }

  private static void close(
      CompletableFuture<TensorOps> ops, CompletableFuture<Tokenizer> tokenizer, Weights weights) {
    ops.thenAccept(TensorOps::close);
    tokenizer.thenAccept(Tokenizer::close);
    if (weights != null) {
      weights.close();
    }
  }

  /** Some models have the mask one behind the tokens of their tokenizer, which does not know it. */
  private static void checkFit(Path folder, Tokenizer tokenizer, Vocabulary vocabulary) {
    if (tokenizer.size() > vocabulary.size() || vocabulary.maskId() > tokenizer.size()) {
      throw new InputException(
          ("The tokenizer.json of %s does not fit its model: it has tokens 0 to %d, where the model"
                  + " has 0 to %d and its mask is %d; use the tokenizer that the model came with.")
              .formatted(folder, tokenizer.size() - 1, vocabulary.size() - 1, vocabulary.maskId()));
    }
  }

  @Override
  public void close() {
    denoiser.close();
    tokenizer.close();
  }
}
