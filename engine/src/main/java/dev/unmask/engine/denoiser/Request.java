package dev.unmask.engine.denoiser;

import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a sampler asks of a denoiser.
 *
 * @param ids the tokens that the denoiser sees, one a slot
 * @param positions the sequence position of each slot, from 0
 * @param rows the slots whose logits are wanted, ascending; the denoiser computes no others
 * @param guidance the unconditional row, if guidance is on
 */
public record Request(
    int[] ids, int[] positions, Attention attention, int[] rows, Optional<Guidance> guidance) {
  /** A whole sequence, each slot at its own position. */
  public static Request ofSequence(
      int[] ids, Attention attention, int[] rows, Optional<Guidance> guidance) {
    return new Request(ids, IntStream.range(0, ids.length).toArray(), attention, rows, guidance);
  }
}
