package dev.unmask.engine.training;

import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.tensor.AttentionMask;
import java.util.stream.IntStream;

/**
 * What a network sees of a window.
 *
 * @param positions the position of each slot
 * @param mask which other slots each one sees
 */
record AttentionPattern(int[] positions, AttentionMask mask) {
  /** Every token sees every other. */
  static AttentionPattern all(int length) {
    return new AttentionPattern(IntStream.range(0, length).toArray(), AttentionMask.NONE);
  }

  /** Every token sees those before it and itself. */
  static AttentionPattern before(int length) {
    return new AttentionPattern(IntStream.range(0, length).toArray(), AttentionMask.causal(length));
  }

  /** The noised window, and behind it the clean one. */
  static AttentionPattern blocks(int length, int size) {
    int[] positions = IntStream.range(0, 2 * length).map(slot -> slot % length).toArray();
    Attention attention = new Attention.BlockDiffusion(size, length);
    return new AttentionPattern(positions, attention.mask(positions));
  }
}
