package dev.unmask.engine.checkpoint;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.unet.Classifier;
import dev.unmask.engine.denoiser.unet.ClassifierWeights;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.tensor.HostTensors;
import java.nio.file.Path;

/**
 * A classifier of images, out of a folder.
 *
 * @param ops its memory
 */
public record ClassifierModel(String name, Classifier classifier, HostTensors ops)
    implements AutoCloseable {
  /**
   * Loads config.json and model.safetensors.
   *
   * @param images in a batch
   * @param threads that it computes on
   * @throws InputException if one is missing, cannot be read, or does not fit the other
   */
  public static ClassifierModel open(Path folder, int images, int threads) {
    ClassifierConfig config = ClassifierConfig.read(folder.resolve("config.json"));
    HostTensors ops = new HostTensors(threads);
    try (SafetensorsFile file = SafetensorsFile.open(folder.resolve("model.safetensors"))) {
      ClassifierWeights weights = new ClassifierWeights(ops, config.shape(), file);
      String name = folder.toAbsolutePath().normalize().getFileName().toString();
      return new ClassifierModel(name, new Classifier(ops, weights, images), ops);
    } catch (InputException e) {
      ops.close();
      throw e;
    }
  }

  @Override
  public void close() {
    ops.close();
  }
}
