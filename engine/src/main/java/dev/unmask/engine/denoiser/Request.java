package dev.unmask.engine.denoiser;

import dev.unmask.engine.noise.Transition;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * What a sampler asks of a denoiser.
 *
 * @param ids the tokens that the denoiser sees, one a slot
 * @param positions the sequence position of each slot, from 0
 * @param rows the slots whose logits are wanted, ascending; the denoiser computes no others
 * @param guidance the unconditional row, if guidance is on
 * @param time t in [0, 1], 0 clean, if the sampler tells it; a denoiser of masks need not know it
 * @param noise q(x_t | x_0) of a slot, if the sampler tells it
 */
public record Request(
    int[] ids,
    int[] positions,
    Attention attention,
    int[] rows,
    Optional<Guidance> guidance,
    OptionalDouble time,
    Optional<Transition> noise) {
  /** A whole sequence, each slot at its own position, at no time. */
  public static Request ofSequence(
      int[] ids, Attention attention, int[] rows, Optional<Guidance> guidance) {
    int[] positions = IntStream.range(0, ids.length).toArray();
    return new Request(
        ids, positions, attention, rows, guidance, OptionalDouble.empty(), Optional.empty());
  }

  /** The same, at a time. */
  public Request at(double t) {
    return new Request(ids, positions, attention, rows, guidance, OptionalDouble.of(t), noise);
  }

  /** The same, for other rows. */
  public Request withRows(int[] wanted) {
    return new Request(ids, positions, attention, wanted, guidance, time, noise);
  }

  /** The same, of this noise if it is known. */
  public Request with(Optional<Transition> known) {
    return new Request(ids, positions, attention, rows, guidance, time, known);
  }

  /** The same with its slots at other positions. */
  public Request at(int[] others) {
    return new Request(ids, others, attention, rows, guidance, time, noise);
  }

  /** The same with another attention. */
  public Request attending(Attention other) {
    return new Request(ids, positions, other, rows, guidance, time, noise);
  }
}
