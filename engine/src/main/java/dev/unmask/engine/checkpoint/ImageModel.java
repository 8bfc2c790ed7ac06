package dev.unmask.engine.checkpoint;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.ImageDenoiser;
import dev.unmask.engine.denoiser.ImageNetwork;
import dev.unmask.engine.denoiser.NetworkDenoiser;
import dev.unmask.engine.denoiser.unet.UNetDenoiser;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.tensor.HostTensors;
import java.nio.file.Path;

/**
 * A trained network of images, out of a folder.
 *
 * @param name of the folder
 * @param sha256 of model.safetensors, in lower-case hexadecimal
 * @param noise that it was trained with
 */
public record ImageModel(String name, String sha256, ImageNetwork network, ImageNoise noise)
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
      var network = new UNetDenoiser(config.shape(), noise.output(), noise.steps(), file, ops);
      return new ImageModel(name, Sha256.of(weights), network, noise);
    } catch (InputException e) {
      ops.close();
      throw e;
    }
  }

  /** As samplers ask it; closing either closes both. */
  public ImageDenoiser denoiser() {
    return switch (noise) {
      case ImageNoise.Gaussian gaussian ->
          new NetworkDenoiser.Gaussian(network, gaussian.training());
      case ImageNoise.Masking _ -> new NetworkDenoiser.Masking(network);
    };
  }

  @Override
  public void close() {
    network.close();
  }
}
