package dev.unmask.engine.reference.recordings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.engine.noise.gaussian.Parameterization;
import dev.unmask.engine.noise.gaussian.TrainingNoise;
import dev.unmask.engine.reference.Recording;
import dev.unmask.engine.sampler.image.Clipping;
import dev.unmask.engine.sampler.image.GridPlan.SigmaRule;
import dev.unmask.engine.sampler.image.GridPlan.Spacing;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The configuration of one of diffusers' schedulers; what it leaves out has that library's default.
 */
record SchedulerConfig(JsonNode fields) {
  /** Fields that hold a word, and the words that are known. */
  private static final Map<String, Set<String>> WORDS =
      Map.of(
          "prediction_type", Set.of("epsilon", "v_prediction", "sample"),
          "timestep_spacing", Set.of("linspace", "leading", "trailing"),
          "final_sigmas_type", Set.of("zero", "sigma_min"),
          "solver_type", Set.of("midpoint", "heun", "bh1", "bh2"));

  /** All other fields that a scheduler here reads, or that mean nothing without another. */
  private static final Set<String> OTHERS =
      Set.of(
          "num_train_timesteps",
          "beta_start",
          "beta_end",
          "beta_schedule",
          "trained_betas",
          "rescale_betas_zero_snr",
          "steps_offset",
          "set_alpha_to_one",
          "clip_sample",
          "clip_sample_range",
          "clip_denoised",
          "thresholding",
          "dynamic_thresholding_ratio",
          "sample_max_value",
          "variance_type",
          "algorithm_type",
          "solver_order",
          "solver_p",
          "predict_x0",
          "lower_order_final",
          "euler_at_final",
          "disable_corrector",
          "lambda_min_clipped",
          "use_karras_sigmas",
          "use_exponential_sigmas",
          "use_beta_sigmas",
          "use_lu_lambdas",
          "use_flow_sigmas",
          "use_dynamic_shifting",
          "interpolation_type",
          "timestep_type",
          "original_inference_steps",
          "timestep_scaling",
          "sigma_min",
          "sigma_max",
          "sigma_data",
          "sigma_schedule",
          "rho",
          "s_noise",
          "sampling_eps",
          "correct_steps",
          "snr",
          "shift",
          "shift_terminal",
          "invert_sigmas",
          "stochastic_sampling",
          "flow_shift",
          "time_shift_type",
          "base_shift",
          "max_shift",
          "base_image_seq_len",
          "max_image_seq_len",
          "_class_name",
          "_diffusers_version");

  /** What is set that nothing here takes account of, in words. */
  Optional<String> unknown(Path file) {
    Set<String> known = new HashSet<>(OTHERS);
    WORDS.forEach(
        (field, words) -> {
          if (words.contains(text(field, words.iterator().next()))) {
            known.add(field);
          }
        });
    return new Recording(file, 0, fields).unknown(known);
  }

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
