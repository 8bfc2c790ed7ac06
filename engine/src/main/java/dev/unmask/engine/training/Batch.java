package dev.unmask.engine.training;

/**
 * Windows of noised tokens, one after the other, and what is asked of them.
 *
 * @param ids what the network sees
 * @param rows the places in {@code ids} whose clean token is asked for, ascending
 * @param targets the clean token of each of these
 * @param weights the weight of each one's cross-entropy in the loss
 * @param times of the windows, empty where the network is told none
 * @param evidence for each place asked for, what is added to the logit of the token that stands
 *     there; empty for nothing
 */
public record Batch(
    int[] ids, int[] rows, int[] targets, float[] weights, double[] times, float[] evidence) {
  /** With no times, and nothing added. */
  Batch(int[] ids, int[] rows, int[] targets, float[] weights) {
    this(ids, rows, targets, weights, new double[0], new float[0]);
  }
}
