package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.noise.AlphaSchedule;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.sampler.api.Nucleus;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.SettingException;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.sampler.api.TokenSampler;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/**
 * Duo's ancestral sampler (Sahoo et al. 2025, https://arxiv.org/abs/2506.10892), for its uniform
 * noise and for the masks that its authors compare with: the exact posterior, in float64. Variables
 * and symbols are those of {@link PosteriorKernel}.
 */
public final class Duo {
  private static final Setting.Choice NOISE_REMOVAL =
      new Setting.Choice(
          "noise-removal",
          "ancestral",
          List.of("ancestral", "greedy", "none"),
          "The step after the last: drawn from what is clean; or the most probable tokens, which"
              + " for uniform noise forgets the sequence's own; or none");
  private static final Setting.Flag CACHED =
      new Setting.Flag(
          "cached",
          false,
          "Evaluate the model only after a change; for absorbing noise, whose models do not see the"
              + " time");

  /** As the user meets it. */
  public static final SamplerKind KIND =
      new SamplerKind(
          "duo",
          "Duo",
          "Starts from random tokens, or masks, and draws all from their exact posterior.",
          URI.create("https://arxiv.org/abs/2506.10892"),
          "Equal, state by state, to recordings of s-sahoo/duo@7c9b498f trainer_base.py, with"
              + " float64 = true and false, with a nucleus, and with noise = absorbing and cached ="
              + " true; and against theory by a chi-square test of samples",
          Stream.concat(settings().stream(), Stream.of(AncestralSettings.START, CACHED)).toList(),
          Duo::ancestral);

  private Duo() {}

  /** Of the Ψ-samplers, too. */
  static List<Setting<?>> settings() {
    return List.of(
        NoiseSettings.UNIFORM_FIRST,
        NoiseSettings.DUO_SCHEDULE,
        AncestralSettings.STEPS,
        AncestralSettings.EPS,
        NOISE_REMOVAL,
        AncestralSettings.NUCLEUS,
        AncestralSettings.FLOAT64);
  }

  private static TokenSampler ancestral(Settings settings, Vocabulary vocabulary) {
    NoiseKind noise = NoiseSettings.kind(settings, NoiseSettings.UNIFORM_FIRST);
    if (settings.get(CACHED) && noise != NoiseKind.ABSORBING) {
      throw new SettingException(
          "cached",
          "The setting cached is true, which uniform noise does not allow, for its models see the"
              + " time; set noise to absorbing.");
    }
    AlphaSchedule schedule = NoiseSettings.duo(settings);
    return new AncestralSampler(
        vocabulary,
        new AncestralSampler.Method(
            PosteriorKernel.ancestral(noise, NoiseSettings.process(noise, schedule, vocabulary)),
            AncestralSettings.grid(settings),
            ending(settings),
            AncestralSettings.categorical(settings),
            settings.get(CACHED),
            Nucleus.over(settings.get(AncestralSettings.NUCLEUS))));
  }

  static AncestralSampler.Ending ending(Settings settings) {
    return switch (settings.get(NOISE_REMOVAL)) {
      case "ancestral" -> AncestralSampler.Ending.DRAWN;
      case "greedy" -> AncestralSampler.Ending.MOST_PROBABLE;
      default -> AncestralSampler.Ending.NONE;
    };
  }
}
