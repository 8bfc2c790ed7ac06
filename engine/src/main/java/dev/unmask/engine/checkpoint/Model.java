package dev.unmask.engine.checkpoint;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.LladaTransformer;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.TensorOps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A denoiser and its tokenizer, out of one folder.
 *
 * @param name of the folder
 * @param sha256 of model.safetensors, in lower-case hexadecimal
 */
public record Model(
    String name, String sha256, TokenDenoiser denoiser, Tokenizer tokenizer, Vocabulary vocabulary)
    implements AutoCloseable {
  /**
   * Loads config.json, model.safetensors and tokenizer.json.
   *
   * @param threads that the denoiser computes on
   * @throws InputException if one is missing, cannot be read, or does not fit the others
   */
  public static Model open(Path folder, int threads) {
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          folder + " is not a folder; give the folder that holds a model's config.json.");
    }
    LladaConfig config = LladaConfig.read(folder.resolve("config.json"));
    Path weights = folder.resolve("model.safetensors");
    // The tokenizer's native library takes as long to load as the weights, on another thread.
    CompletableFuture<Tokenizer> tokenizer =
        CompletableFuture.supplyAsync(() -> tokenizer(folder.resolve("tokenizer.json"), config));
    CompletableFuture<String> digest = CompletableFuture.supplyAsync(() -> Sha256.of(weights));
    try {
      TokenDenoiser denoiser = denoiser(weights, config, threads);
      try {
        String name = folder.toAbsolutePath().normalize().getFileName().toString();
        return new Model(name, digest.join(), denoiser, tokenizer.join(), config.vocabulary());
      } catch (CompletionException e) {
        denoiser.close();
        throw e.getCause() instanceof InputException input ? input : e;
      }
    } catch (RuntimeException e) {
      tokenizer.thenAccept(Tokenizer::close);
      throw e;
    }
  }

  private static TokenDenoiser denoiser(Path weights, LladaConfig config, int threads) {
    try (SafetensorsFile file = SafetensorsFile.open(weights)) {
      TensorOps ops = new HostTensors(threads);
      try {
        return new LladaTransformer(config.architecture(), file, ops);
      } catch (RuntimeException e) {
        ops.close();
        throw e;
      }
    }
  }

  private static Tokenizer tokenizer(Path file, LladaConfig config) {
    Tokenizer tokenizer = Tokenizer.open(file);
    int vocabulary = config.architecture().vocabulary();
    if (tokenizer.size() > vocabulary || config.maskId() >= tokenizer.size()) {
      tokenizer.close();
      throw new InputException(
          "%s does not fit the model: it has tokens 0 to %d, where the model has 0 to %d and its mask is %d; use the tokenizer that the model came with."
              .formatted(file, tokenizer.size() - 1, vocabulary - 1, config.maskId()));
    }
    return tokenizer;
  }

  @Override
  public void close() {
    denoiser.close();
    tokenizer.close();
  }
}
