package dev.unmask.engine.checkpoint;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.AutoencoderEstimator;
import dev.unmask.engine.denoiser.ImageDenoiser;
import dev.unmask.engine.denoiser.ImageEstimator;
import dev.unmask.engine.denoiser.TrainedEstimator;
import dev.unmask.engine.denoiser.unet.UNetDenoiser;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.tensor.HostTensors;
import java.nio.file.Path;

/**
 * An image denoiser, out of a folder.
 *
 * @param name of the folder
 * @param sha256 of model.safetensors, in lower-case hexadecimal
 * @param noise that it was trained with
 */
public record ImageModel(String name, String sha256, ImageDenoiser denoiser, ImageNoise noise)
    implements AutoCloseable {
  /**
   * Loads config.json and model.safetensors.
   *
   * @param threads that the denoiser computes on
   * @throws InputException if one is missing, cannot be read, or does not fit the other
   */
  public static ImageModel open(Path folder, int threads) {
    UNetConfig config = UNetConfig.read(folder.resolve("config.json"));
    Path weights = folder.resolve("model.safetensors");
    String name = folder.toAbsolutePath().normalize().getFileName().toString();
    HostTensors ops = new HostTensors(threads);
    try (SafetensorsFile file = SafetensorsFile.open(weights)) {
      ImageNoise noise = config.noise();
      var denoiser = new UNetDenoiser(config.shape(), noise.output(), noise.steps(), file, ops);
      return new ImageModel(name, Sha256.of(weights), denoiser, noise);
    } catch (InputException e) {
      ops.close();
      throw e;
    }
  }

  /** As samplers ask it; closing either closes both. */
  public ImageEstimator estimator() {
    return switch (noise) {
      case ImageNoise.Gaussian gaussian -> new TrainedEstimator(denoiser, gaussian.training());
      case ImageNoise.Masking _ -> new AutoencoderEstimator(denoiser);
    };
  }

  @Override
  public void close() {
    denoiser.close();
  }
}
