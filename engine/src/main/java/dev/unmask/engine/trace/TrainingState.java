package dev.unmask.engine.trace;

/**
 * A model while it learns. Its array is never written to.
 *
 * @param step how many steps of training there were
 * @param numbers all that the next step goes on from: weights, what the optimizer remembers, chains
 */
public record TrainingState(int step, float[] numbers) {}
