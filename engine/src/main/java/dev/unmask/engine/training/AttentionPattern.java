package dev.unmask.engine.training;

import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.tensor.AttentionMask;
import java.util.stream.IntStream;

/**
 * What a network sees of a window.
 *
 * @param positions the position of each slot
 * @param causal whether a slot sees only those before it and itself
 * @param mask which other slots are hidden
 */
record AttentionPattern(int[] positions, boolean causal, AttentionMask mask) {
  /** Every token sees every other. */
  static AttentionPattern all(int length) {
    return new AttentionPattern(IntStream.range(0, length).toArray(), false, AttentionMask.NONE);
  }

  /** Every token sees those before it and itself. */
  static AttentionPattern before(int length) {
    return new AttentionPattern(IntStream.range(0, length).toArray(), true, AttentionMask.NONE);
  }

  /** The noised window, and behind it the clean one. */
  static AttentionPattern blocks(int length, int size) {
    int[] positions = IntStream.range(0, 2 * length).map(slot -> slot % length).toArray();
    Attention attention = new Attention.BlockDiffusion(size, length);
    return new AttentionPattern(positions, false, attention.mask(positions));
  }
}
