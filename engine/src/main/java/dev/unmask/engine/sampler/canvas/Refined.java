package dev.unmask.engine.sampler.canvas;

import dev.unmask.engine.safetensors.Values;
import dev.unmask.engine.trace.Grounds;
import java.util.Map;

/**
 * A {@link Canvas} after a step.
 *
 * @param tokens after the step
 * @param predicted x̂0
 * @param confidence that it ranked by, or p(x̂0)
 * @param logits that it drew from
 * @param grounds of each position
 * @param memory of the whole sequence, as before but for what changed
 */
record Refined(
    int[] tokens,
    int[] predicted,
    float[] confidence,
    float[][] logits,
    Grounds grounds,
    Map<String, Values> memory) {}
