package dev.unmask.engine.run;

import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.sampler.api.SamplerDescription;
import java.util.Map;

/**
 * How a run goes.
 *
 * @param <K> a sampler of what the run is of
 * @param settings by name; the defaults for those not given. Of images the guidance is one of them:
 *     {@link ImageRun#settings}
 * @param random of images {@link RandomKind#PHILOX} alone
 */
public record RunPlan<K extends SamplerDescription>(
    K sampler, Map<String, String> settings, RandomKind random, long seed) {
  /** With the program's own random numbers. */
  public RunPlan(K sampler, Map<String, String> settings, long seed) {
    this(sampler, settings, RandomKind.PHILOX, seed);
  }
}
