package dev.unmask.engine.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.unet.UNetShape;
import dev.unmask.engine.noise.BetaSchedule;
import java.nio.file.Path;

/**
 * What an image model's config.json says: the shape of its network, and the noise it was trained
 * with.
 */
public record UNetConfig(UNetShape shape, ImageNoise noise) {
  private static final String TYPE = "unet";

  /**
   * Reads and checks.
   *
   * @throws InputException if it is missing, is of no image model, or does not make sense
   */
  public static UNetConfig read(Path file) {
    ShapeFields fields = ShapeFields.read(file, TYPE);
    return new UNetConfig(fields.shape(), noise(fields));
  }

  private static ImageNoise noise(ShapeFields fields) {
    JsonNode root = fields.root();
    String predicted = root.path("prediction_type").asText();
    if (predicted.equals("sample") && root.path("corruption").asText().equals("masking")) {
      return new ImageNoise.Masking();
    }
    if (!predicted.equals("v_prediction")) {
      throw fields.wrong("it tells neither a velocity (\"v_prediction\") nor what was masked");
    }
    double first = root.path("beta_start").asDouble();
    double last = root.path("beta_end").asDouble();
    if (!(first > 0 && last >= first && last < 1)) {
      throw fields.wrong("its beta_start and beta_end do not rise between 0 and 1");
    }
    int steps = fields.count("num_train_timesteps", 1);
    return new ImageNoise.Gaussian(steps, new BetaSchedule.Linear(first, last));
  }

  /** As {@link #read} reads it. */
  public ObjectNode json() {
    ObjectNode config = ShapeFields.write(TYPE, shape);
    return switch (noise) {
      case ImageNoise.Gaussian(int steps, BetaSchedule.Linear betas) ->
          config
              .put("prediction_type", "v_prediction")
              .put("num_train_timesteps", steps)
              .put("beta_schedule", "linear")
              .put("beta_start", betas.first())
              .put("beta_end", betas.last());
      case ImageNoise.Masking() ->
          config.put("prediction_type", "sample").put("corruption", "masking");
    };
  }
}
