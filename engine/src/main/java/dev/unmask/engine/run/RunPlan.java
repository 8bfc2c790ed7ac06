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
  /**
   * The same with what a model decides where nothing is given: the blocks that it was trained in,
   * how much it can see at once, and whether there is a cache.
   */
  RunPlan fitted(TokenDenoiser denoiser) {
    Map<String, String> complete = new LinkedHashMap<>(settings);
    if (sampler.settings().contains(Bd3lm.BLOCK_SIZE)) {
      denoiser
          .blockSize()
          .ifPresent(size -> complete.putIfAbsent(Bd3lm.BLOCK_SIZE.name(), String.valueOf(size)));
    }
    if (sampler.settings().contains(Bd3lm.KV_CACHE) && !denoiser.keepsContext()) {
      complete.putIfAbsent(Bd3lm.KV_CACHE.name(), "false");
    }
    if (sampler.settings().contains(Bd3lm.CONTEXT)) {
      complete.putIfAbsent(Bd3lm.CONTEXT.name(), String.valueOf(denoiser.contextLength()));
    }
    return new RunPlan(sampler, complete, random, seed);
  }
}
