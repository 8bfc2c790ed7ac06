package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.sampler.api.Categorical;
import dev.unmask.engine.sampler.api.Nucleus;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Setting;
import java.net.URI;
import java.util.List;

/** What SEDD's samplers share (Lou et al. 2023). */
final class Sedd {
  private static final URI PAPER = URI.create("https://arxiv.org/abs/2310.16834");

  private static final Setting.Flag NOISE_REMOVAL =
      new Setting.Flag(
          "noise-removal", true, "Take one more step, drawn from what is clean by the scores");

  private Sedd() {}

  static SamplerKind kind(String name, String title, String summary, ScoreKernel.Leap leap) {
    List<Setting<?>> settings =
        List.of(
            NoiseSettings.MASKS_FIRST,
            NoiseSettings.SEDD_SCHEDULE,
            NoiseSettings.SIGMA_MIN,
            NoiseSettings.SIGMA_MAX,
            AncestralSettings.STEPS,
            AncestralSettings.START,
            AncestralSettings.EPS,
            NOISE_REMOVAL);
    return new SamplerKind(
        name,
        title,
        summary,
        PAPER,
        "Equal, state by state, to recordings of"
            + " louaaron/Score-Entropy-Discrete-Diffusion@0605786d sampling.py"
            + "; and against theory by a chi-square test of samples",
        settings,
        (given, vocabulary) -> {
          NoiseKind noise = NoiseSettings.kind(given, NoiseSettings.MASKS_FIRST);
          return new AncestralSampler(
              vocabulary,
              new AncestralSampler.Method(
                  new ScoreKernel(
                      noise,
                      NoiseSettings.process(noise, NoiseSettings.sedd(given), vocabulary),
                      leap),
                  AncestralSettings.grid(given),
                  given.get(NOISE_REMOVAL) ? Ending.DRAWN : Ending.NONE,
                  Categorical.FLOAT32,
                  false,
                  Nucleus.ALL));
        });
  }
}
