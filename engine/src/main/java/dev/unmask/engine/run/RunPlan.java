package dev.unmask.engine.run;

import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.sampler.block.Bd3lm;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a run goes.
 *
 * @param settings of the sampler, by name; the defaults for those not given
 */
public record RunPlan(
    SamplerKind sampler, Map<String, String> settings, RandomKind random, long seed) {
  /** The same with what a model decides: {@link #fitted(SamplerKind, Map, TokenDenoiser)}. */
  RunPlan fitted(TokenDenoiser denoiser) {
    return new RunPlan(sampler, fitted(sampler, settings, denoiser), random, seed);
  }

  /**
   * Settings with what a model decides where that is left open: the blocks that it was trained in,
   * how much it can see at once, and whether there is a cache.
   */
  static Map<String, String> fitted(
      SamplerKind sampler, Map<String, String> settings, TokenDenoiser denoiser) {
    Map<String, String> complete = new LinkedHashMap<>(settings);
    if (leavesOpen(sampler, settings, Bd3lm.BLOCK_SIZE)) {
      denoiser
          .blockSize()
          .ifPresent(size -> complete.put(Bd3lm.BLOCK_SIZE.name(), String.valueOf(size)));
    }
    if (sampler.settings().contains(Bd3lm.KV_CACHE) && !denoiser.keepsContext()) {
      complete.putIfAbsent(Bd3lm.KV_CACHE.name(), "false");
    }
    if (leavesOpen(sampler, settings, Bd3lm.CONTEXT)) {
      complete.put(Bd3lm.CONTEXT.name(), String.valueOf(denoiser.contextLength()));
    }
    return complete;
  }

  /** Whether a sampler has a number that is 0, given so or not. */
  private static boolean leavesOpen(
      SamplerKind sampler, Map<String, String> settings, Setting.Whole number) {
    return sampler.settings().contains(number)
        && Settings.of(sampler.settings(), settings).get(number) == 0;
  }
}
