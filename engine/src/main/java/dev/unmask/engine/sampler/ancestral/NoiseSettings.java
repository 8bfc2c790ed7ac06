package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.noise.AlphaSchedule;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.noise.RateKernel;
import dev.unmask.engine.noise.RateProcess;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.SettingException;
import dev.unmask.engine.sampler.api.Settings;
import java.util.List;
import java.util.Locale;

/** Settings that say which noise a sampler removes. */
final class NoiseSettings {
  static final Setting.Choice MASKS_FIRST = kind(NoiseKind.ABSORBING);
  static final Setting.Choice UNIFORM_FIRST = kind(NoiseKind.UNIFORM);
  static final Setting.Choice SEDD_SCHEDULE = schedule("log-linear", "geometric");
  static final Setting.Choice DUO_SCHEDULE = schedule("log-linear", "cosine");
  static final Setting.Real SIGMA_MIN =
      new Setting.Real("sigma-min", 1e-4, 1e-9, 1, "The geometric schedule's noise at t = 0");
  static final Setting.Real SIGMA_MAX =
      new Setting.Real("sigma-max", 20.0, 1, 1000, "The geometric schedule's noise at t = 1");

  /** What all references leave of a token at t = 1 with the log-linear schedule. */
  private static final double LEFT = 1e-3;

  private NoiseSettings() {}

  private static Setting.Choice kind(NoiseKind fallback) {
    return new Setting.Choice(
        "noise",
        fallback.word(),
        List.of(NoiseKind.ABSORBING.word(), NoiseKind.UNIFORM.word()),
        "What the model was trained with: masks, or any token in a token's place");
  }

  private static Setting.Choice schedule(String fallback, String other) {
    return new Setting.Choice(
        "schedule", fallback, List.of(fallback, other), "How the noise grows with the time");
  }

  static NoiseKind kind(Settings settings, Setting.Choice setting) {
    return NoiseKind.valueOf(settings.get(setting).toUpperCase(Locale.ROOT));
  }

  static AlphaSchedule sedd(Settings settings) {
    return settings.get(SEDD_SCHEDULE).equals("geometric")
        ? new AlphaSchedule.Geometric(settings.get(SIGMA_MIN), settings.get(SIGMA_MAX))
        : logLinear();
  }

  static AlphaSchedule duo(Settings settings) {
    return settings.get(DUO_SCHEDULE).equals("cosine")
        ? new AlphaSchedule.MaskgitCosine(LEFT)
        : logLinear();
  }

  /** t where α(t) is this, with nothing left at t = 1, as Duo's program has it. */
  static double duoTime(Settings settings, double alpha) {
    return settings.get(DUO_SCHEDULE).equals("cosine")
        ? 1 - 2 / Math.PI * StrictMath.acos(1 - alpha)
        : 1 - alpha;
  }

  static AlphaSchedule logLinear() {
    return new AlphaSchedule.LogLinear(LEFT);
  }

  static RateProcess process(NoiseKind kind, AlphaSchedule schedule, Vocabulary vocabulary) {
    return new RateProcess(kernel(kind, vocabulary), schedule);
  }

  /** Uniform noise never puts a mask, if there is one, in a token's place. */
  static RateKernel kernel(NoiseKind kind, Vocabulary vocabulary) {
    if (kind == NoiseKind.ABSORBING) {
      return new RateKernel.Absorbing(vocabulary.size(), mask(vocabulary));
    }
    return vocabulary.hasMask()
        ? RateKernel.Prior.evenBut(vocabulary.maskId(), vocabulary.size())
        : new RateKernel.Uniform(vocabulary.size());
  }

  private static int mask(Vocabulary vocabulary) {
    if (!vocabulary.hasMask()) {
      throw new SettingException(
          "noise",
          "The setting noise is absorbing, but the model has no mask; choose the noise that it was"
              + " made for.");
    }
    return vocabulary.maskId();
  }
}
