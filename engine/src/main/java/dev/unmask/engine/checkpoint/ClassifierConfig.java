package dev.unmask.engine.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.engine.denoiser.unet.UNetShape;
import java.nio.file.Path;

/** What the config.json of a classifier of images says. */
public record ClassifierConfig(UNetShape shape) {
  private static final String TYPE = "image-classifier";

  /**
   * Reads and checks.
   *
   * @throws dev.unmask.engine.InputException if it is missing, is of no classifier, or does not
   *     make sense
   */
  public static ClassifierConfig read(Path file) {
    ShapeFields fields = ShapeFields.read(file, TYPE);
    fields.count("classes", 1);
    return new ClassifierConfig(fields.shape());
  }

  /** As {@link #read} reads it. */
  public ObjectNode json() {
    return ShapeFields.write(TYPE, shape);
  }
}
