package dev.unmask.engine.run;

import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Settings;
import java.util.Map;

/**
 * How a run goes.
 *
 * @param settings of the sampler, by name; the defaults for those not given
 */
public record RunPlan(
    SamplerKind sampler, Map<String, String> settings, RandomKind random, long seed) {
  /** The same with what a model decides. */
  RunPlan fitted(TokenDenoiser denoiser) {
    return new RunPlan(
        sampler, Settings.decidedBy(denoiser, sampler.settings(), settings), random, seed);
  }
}
