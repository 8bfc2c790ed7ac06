package dev.unmask.engine.run;

import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.sampler.SamplerKind;
import java.util.Map;

/**
 * How a run goes.
 *
 * @param settings of the sampler, by name; the defaults for those not given
 */
public record RunPlan(
    SamplerKind sampler, Map<String, String> settings, RandomKind random, long seed) {}
