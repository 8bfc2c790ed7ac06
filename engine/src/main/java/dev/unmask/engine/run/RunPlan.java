package dev.unmask.engine.run;

import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.SamplerDescription;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.Settings;
import java.util.List;
import java.util.Map;

/**
 * How a run goes.
 *
 * @param <K> a sampler of what the run is of
 * @param settings of the sampler; of images the guidance is one of them: {@link ImageRun#settings}
 * @param random of images {@link RandomKind#PHILOX} alone
 */
public record RunPlan<K extends SamplerDescription>(
    K sampler, Settings settings, RandomKind random, long seed) {
  /**
   * With settings as they are typed, by name; the defaults for those not given.
   *
   * @throws dev.unmask.engine.sampler.api.SettingException if they are none of the sampler's
   */
  public RunPlan(K sampler, Map<String, String> typed, RandomKind random, long seed) {
    this(sampler, Settings.of(described(sampler), typed), random, seed);
  }

  /** The same with the program's own random numbers. */
  public RunPlan(K sampler, Map<String, String> typed, long seed) {
    this(sampler, typed, RandomKind.PHILOX, seed);
  }

  private static List<Setting<?>> described(SamplerDescription sampler) {
    return switch (sampler) {
      case SamplerKind tokens -> tokens.settings();
      case ImageSamplerKind images -> ImageRun.settings(images);
    };
  }

  /** The same with what a model decides. */
  RunPlan<K> fitted(TokenDenoiser denoiser) {
    return new RunPlan<>(sampler, settings.decidedBy(denoiser), random, seed);
  }
}
