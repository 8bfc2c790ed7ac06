package dev.unmask.engine.checkpoint;

import dev.unmask.engine.denoiser.ImageDenoiser;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What image runs ask, out of a folder: a trained network, or a set of known images.
 *
 * @param name of the folder
 * @param sha256 of model.safetensors, in lower-case hexadecimal
 * @param known the images of an exact denoiser
 */
public record ImageFolder(
    String name, String sha256, ImageDenoiser denoiser, Optional<ImageSet> known)
    implements AutoCloseable {
  /**
   * Loads config.json and model.safetensors.
   *
   * @param threads that it computes on
   * @throws dev.unmask.engine.InputException if one is missing, cannot be read, or does not fit the
   *     other
   */
  public static ImageFolder open(Path folder, int threads) {
    String type = JsonFile.read(folder.resolve("config.json")).path("model_type").asText();
    if (type.equals(ImageSet.TYPE)) {
      ImageSet set = ImageSet.read(folder);
      String name = folder.toAbsolutePath().normalize().getFileName().toString();
      String sha256 = Sha256.of(folder.resolve("model.safetensors"));
      return new ImageFolder(name, sha256, set.denoiser(threads), Optional.of(set));
    }
    ImageModel model = ImageModel.open(folder, threads);
    return new ImageFolder(model.name(), model.sha256(), model.denoiser(), Optional.empty());
  }

  @Override
  public void close() {
    denoiser.close();
  }
}
