package dev.unmask.engine.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.unet.UNetShape;
import dev.unmask.engine.noise.LinearBetas;
import java.nio.file.Path;

/**
 * What an image model's config.json says: the shape of its network, and the noise it was trained
 * with, whose β rise linearly (https://arxiv.org/abs/2006.11239, section 4).
 *
 * @param steps T
 * @param betas β_1 to β_T
 */
public record UNetConfig(UNetShape shape, int steps, LinearBetas betas) {
  private static final String TYPE = "unet";
  private static final int LARGEST = 1 << 14;

  /** DDPM's own noise. */
  public static UNetConfig ddpm(UNetShape shape) {
    return new UNetConfig(shape, 1000, new LinearBetas(1e-4, 0.02));
  }

  /**
   * Reads and checks.
   *
   * @throws InputException if it is missing, is of no image model, or does not make sense
   */
  public static UNetConfig read(Path file) {
    JsonNode root = JsonFile.read(file);
    if (!root.path("model_type").asText().equals(TYPE)) {
      throw wrong(file, "its model_type is not \"unet\"");
    }
    UNetShape shape =
        new UNetShape(
            count(file, root, "height", 4),
            count(file, root, "width", 4),
            count(file, root, "channels", 1),
            count(file, root, "classes", 1),
            count(file, root, "fine_channels", 1),
            count(file, root, "coarse_channels", UNetShape.HEAD_SIZE),
            count(file, root, "blocks", 1));
    double first = root.path("beta_start").asDouble();
    double last = root.path("beta_end").asDouble();
    if (!(first > 0 && last >= first && last < 1)) {
      throw wrong(file, "its beta_start and beta_end do not rise between 0 and 1");
    }
    int steps = count(file, root, "num_train_timesteps", 1);
    return new UNetConfig(shape, steps, new LinearBetas(first, last));
  }

  private static int count(Path file, JsonNode root, String name, int multiple) {
    JsonNode value = root.path(name);
    if (!value.isInt()
        || value.intValue() < 1
        || value.intValue() > LARGEST
        || value.intValue() % multiple != 0) {
      String kind = multiple == 1 ? "a whole number from 1" : "a multiple of " + multiple;
      throw wrong(file, "its %s is %s and not %s".formatted(name, value, kind));
    }
    return value.intValue();
  }

  private static InputException wrong(Path file, String what) {
    return new InputException(
        "%s does not describe an image model: %s; give the folder of one.".formatted(file, what));
  }

  /** ᾱ_1 to ᾱ_T: how much of a clean image's variance is left at each step. */
  public double[] kept() {
    double[] kept = betas.betas(steps);
    double product = 1;
    for (int i = 0; i < steps; i++) {
      product *= 1 - kept[i];
      kept[i] = product;
    }
    return kept;
  }

  /** As {@link #read} reads it. */
  public ObjectNode json() {
    ObjectNode config = new JsonMapper().createObjectNode();
    config.put("model_type", TYPE).put("prediction_type", "epsilon");
    config.put("height", shape.height()).put("width", shape.width());
    config.put("channels", shape.channels()).put("classes", shape.classes());
    config.put("fine_channels", shape.fine()).put("coarse_channels", shape.coarse());
    config.put("blocks", shape.blocks()).put("num_train_timesteps", steps);
    config.put("beta_schedule", "linear");
    return config.put("beta_start", betas.first()).put("beta_end", betas.last());
  }
}
