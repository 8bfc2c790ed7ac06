package dev.unmask.engine.trace;

/**
 * All that a trace keeps of one step.
 *
 * @param decision what the sampler decided
 * @param entropy of the predicted distribution, in nats a position; NaN where none was asked for
 * @param context the step whose state filled the key-value cache, −1 for none
 */
public record StepRecord(TokenStep decision, float[] entropy, Candidates candidates, int context) {}
