package dev.unmask.app.corruption;

import dev.unmask.engine.noise.NoiseKind;
import java.util.List;

/**
 * The last text of a run under noise of its kind at the t of a step.
 *
 * @param kind masks, or any tokens
 * @param time t
 * @param alpha from t = 0 to 1
 */
public record NoisedRun(NoiseKind kind, double time, List<NoisedWord> words, double[] alpha) {}
