package dev.unmask.engine.denoiser.transformer;

/**
 * Equally long sequences, one below the other.
 *
 * @param count how many there are
 * @param ids of all of them
 * @param positions one for each id
 * @param times one for each sequence, in [0, 1]; empty where none is told
 */
public record Sequences(int count, int[] ids, int[] positions, double[] times) {
  /** Positions in one of them. */
  int length() {
    return ids.length / count;
  }
}
