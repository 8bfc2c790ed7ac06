package dev.unmask.engine.reference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.engine.image.Clipping;
import dev.unmask.engine.image.Parameterization;
import dev.unmask.engine.image.SigmaRule;
import dev.unmask.engine.image.Spacing;
import dev.unmask.engine.image.TrainingNoise;
import java.util.stream.Stream;

/**
 * The configuration of one of diffusers' schedulers; what it leaves out has that library's default.
 */
record SchedulerConfig(JsonNode fields) {
  int whole(String name, int fallback) {
    return fields.path(name).isNumber() ? fields.path(name).asInt() : fallback;
  }

  double number(String name, double fallback) {
    return fields.path(name).isNumber() ? fields.path(name).asDouble() : fallback;
  }

  String text(String name, String fallback) {
    return fields.path(name).asText(fallback);
  }

  boolean isOn(String name) {
    return isOn(name, false);
  }

  boolean isOn(String name, boolean fallback) {
    return fields.path(name).asBoolean(fallback);
  }

  /** Whether all of these are left out, off or null. */
  boolean lacks(String... names) {
    return Stream.of(names).noneMatch(name -> isOn(name) || fields.path(name).isNumber());
  }

  /** How many steps its model was trained with, if that can be. */
  int trained(int fallback) {
    return Math.clamp(whole("num_train_timesteps", fallback), 2, 100_000);
  }

  TrainingNoise noise() {
    int steps = trained(1000);
    double first = number("beta_start", 1e-4);
    double last = number("beta_end", 0.02);
    TrainingNoise noise =
        switch (text("beta_schedule", "linear")) {
          case "scaled_linear" -> TrainingNoise.scaledLinear(first, last, steps);
          case "squaredcos_cap_v2" -> TrainingNoise.cosine(steps);
          default -> TrainingNoise.linear(first, last, steps);
        };
    return isOn("rescale_betas_zero_snr") ? noise.withoutSignalAtTheEnd() : noise;
  }

  /**
   * The same for solvers in σ and in log SNR: where no signal is left at the end, they keep the
   * least number of float16 of it, so that σ is finite.
   */
  TrainingNoise noiseOfSolvers() {
    return isOn("rescale_betas_zero_snr") ? noise().endingAt(0x1p-24f) : noise();
  }

  /** Whether {@link #noise} knows the schedule. */
  boolean hasNoise() {
    return fields.path("trained_betas").isEmpty()
        && Stream.of("linear", "scaled_linear", "squaredcos_cap_v2")
            .anyMatch(text("beta_schedule", "linear")::equals);
  }

  Parameterization parameterization() {
    return switch (text("prediction_type", "epsilon")) {
      case "v_prediction" -> Parameterization.VELOCITY;
      case "sample" -> Parameterization.IMAGE;
      default -> Parameterization.NOISE;
    };
  }

  Spacing spacing(String fallback) {
    return switch (text("timestep_spacing", fallback)) {
      case "leading" -> Spacing.LEADING;
      case "trailing" -> Spacing.TRAILING;
      default -> Spacing.LINSPACE;
    };
  }

  SigmaRule rule() {
    if (isOn("use_karras_sigmas")) {
      return SigmaRule.KARRAS;
    }
    boolean isEvenInLambda = isOn("use_exponential_sigmas") || isOn("use_lu_lambdas");
    return isEvenInLambda ? SigmaRule.EXPONENTIAL : SigmaRule.TRAINED;
  }

  /** By a dynamic threshold, or else to a range where that is on or, if it is not told, usual. */
  Clipping clipping(boolean isUsual) {
    if (isOn("thresholding")) {
      return Clipping.dynamic(
          number("dynamic_thresholding_ratio", 0.995), number("sample_max_value", 1));
    }
    return isOn("clip_sample", isUsual)
        ? Clipping.to((float) Math.max(0, number("clip_sample_range", 1)))
        : Clipping.NONE;
  }
}
