package dev.unmask.engine.run;

import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.sampler.Bd3lm;
import dev.unmask.engine.sampler.SamplerKind;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a run goes.
 *
 * @param settings of the sampler, by name; the defaults for those not given
 */
public record RunPlan(
    SamplerKind sampler, Map<String, String> settings, RandomKind random, long seed) {
  /** The same, in the blocks that a model was trained in, if it was and none are given. */
  RunPlan fitted(TokenDenoiser denoiser) {
    if (denoiser.blockSize().isEmpty() || !sampler.settings().contains(Bd3lm.BLOCK_SIZE)) {
      return this;
    }
    Map<String, String> complete = new LinkedHashMap<>(settings);
    complete.putIfAbsent(Bd3lm.BLOCK_SIZE.name(), String.valueOf(denoiser.blockSize().getAsInt()));
    return new RunPlan(sampler, complete, random, seed);
  }
}
