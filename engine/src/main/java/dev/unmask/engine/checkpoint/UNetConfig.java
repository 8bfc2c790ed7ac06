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
 * with.
 */
public record UNetConfig(UNetShape shape, ImageNoise noise) {
  private static final String TYPE = "unet";
  private static final int LARGEST = 1 << 14;

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
            root.path("classes").asInt() == 0 ? 0 : count(file, root, "classes", 1),
            count(file, root, "fine_channels", 1),
            count(file, root, "coarse_channels", UNetShape.HEAD_SIZE),
            count(file, root, "blocks", 1));
    return new UNetConfig(shape, noise(file, root));
  }

  private static ImageNoise noise(Path file, JsonNode root) {
    String predicted = root.path("prediction_type").asText();
    if (predicted.equals("sample") && root.path("corruption").asText().equals("masking")) {
      return new ImageNoise.Masking();
    }
    if (!predicted.equals("epsilon")) {
      throw wrong(file, "it predicts neither the noise (\"epsilon\") nor what was masked");
    }
    double first = root.path("beta_start").asDouble();
    double last = root.path("beta_end").asDouble();
    if (!(first > 0 && last >= first && last < 1)) {
      throw wrong(file, "its beta_start and beta_end do not rise between 0 and 1");
    }
    int steps = count(file, root, "num_train_timesteps", 1);
    return new ImageNoise.Gaussian(steps, new LinearBetas(first, last));
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

  /** As {@link #read} reads it. */
  public ObjectNode json() {
    ObjectNode config = new JsonMapper().createObjectNode();
    config.put("model_type", TYPE);
    config.put("height", shape.height()).put("width", shape.width());
    config.put("channels", shape.channels()).put("classes", shape.classes());
    config.put("fine_channels", shape.fine()).put("coarse_channels", shape.coarse());
    config.put("blocks", shape.blocks());
    return switch (noise) {
      case ImageNoise.Gaussian(int steps, LinearBetas betas) ->
          config
              .put("prediction_type", "epsilon")
              .put("num_train_timesteps", steps)
              .put("beta_schedule", "linear")
              .put("beta_start", betas.first())
              .put("beta_end", betas.last());
      case ImageNoise.Masking() ->
          config.put("prediction_type", "sample").put("corruption", "masking");
    };
  }
}
