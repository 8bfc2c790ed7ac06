package dev.unmask.engine.training;

/**
 * Windows of noised tokens, one after the other, and what is asked of them.
 *
 * @param ids what the network sees
 * @param rows the places in {@code ids} whose clean token is asked for, ascending
 * @param targets the clean token of each of these
 * @param weights the weight of each one's cross-entropy in the loss
 */
record Batch(int[] ids, int[] rows, int[] targets, float[] weights) {}
