package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.sampler.api.Categorical;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.sampler.api.Times;
import java.util.List;
import java.util.function.IntFunction;

/** Settings that ancestral samplers share. */
public final class AncestralSettings {
  static final Setting.Whole STEPS =
      new Setting.Whole(
          "steps", 0, 0, Setting.Whole.MOST, "Denoising steps; 0 is one for each position");
  static final Setting.Real EPS =
      new Setting.Real("eps", 1e-5, 0, 0.5, "The time, of 1, at which the steps end");
  static final Setting.Real START =
      new Setting.Real(
          "start", 1.0, 0, 1, "The time, of 1, at which the steps begin: 1 where all is noise");
  static final Setting.Flag NOISE_REMOVAL =
      new Setting.Flag(
          "noise-removal",
          true,
          "Take one more step, in which the masks that are left become tokens");
  public static final Setting.Real NUCLEUS =
      new Setting.Real(
          "nucleus",
          1.0,
          0,
          1,
          "The share of probability, counted from the most probable token, that is drawn from");

  static final Setting.Flag FLOAT64 =
      new Setting.Flag(
          "float64",
          true,
          "Draw with numbers in float64; in float32, as some references do, probable tokens are"
              + " favoured");

  private AncestralSettings() {}

  /** Of MDLM's samplers. */
  static List<Setting<?>> ofMdlm() {
    return List.of(STEPS, START, EPS, NOISE_REMOVAL);
  }

  /** Even steps from 1 to eps, of which those before the start are left out. */
  static IntFunction<Times> grid(Settings settings) {
    return length ->
        Times.Later.from(
            settings.get(START), new Times.Grid(steps(settings, length), settings.get(EPS)));
  }

  static Categorical categorical(Settings settings) {
    return settings.get(FLOAT64) ? Categorical.FLOAT64 : Categorical.FLOAT32;
  }

  static int steps(Settings settings, int length) {
    int steps = settings.get(STEPS);
    return steps == 0 ? length : steps;
  }

  static AncestralSampler.Ending mdlmEnding(Settings settings) {
    return settings.get(NOISE_REMOVAL)
        ? AncestralSampler.Ending.MOST_PROBABLE
        : AncestralSampler.Ending.NONE;
  }
}
