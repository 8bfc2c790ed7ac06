package dev.unmask.engine.denoiser;

import dev.unmask.engine.noise.Transition;
import java.util.Arrays;
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
 * @param context the evaluations whose keys and values it shares
 */
public record Request(
    int[] ids,
    int[] positions,
    Attention attention,
    int[] rows,
    Optional<Guidance> guidance,
    OptionalDouble time,
    Optional<Transition> noise,
    Context context) {
  /** Whether a denoiser that sees no time is asked the same by another one. */
  public boolean asksLike(Request other) {
    return Arrays.equals(ids, other.ids)
        && Arrays.equals(positions, other.positions)
        && attention.equals(other.attention)
        && Arrays.equals(rows, other.rows)
        && guidance.equals(other.guidance)
        && context.equals(other.context);
  }

  /** A whole sequence, each slot at its own position, at no time. */
  public static Request ofSequence(
      int[] ids, Attention attention, int[] rows, Optional<Guidance> guidance) {
    int[] positions = IntStream.range(0, ids.length).toArray();
    return new Request(
        ids,
        positions,
        attention,
        rows,
        guidance,
        OptionalDouble.empty(),
        Optional.empty(),
        Context.NONE);
  }

  /** The same, at a time. */
  public Request at(double t) {
    return new Request(
        ids, positions, attention, rows, guidance, OptionalDouble.of(t), noise, context);
  }

  /** The same, for other rows. */
  public Request withRows(int[] wanted) {
    return new Request(ids, positions, attention, wanted, guidance, time, noise, context);
  }

  /** The same, of this noise if it is known. */
  public Request with(Optional<Transition> known) {
    return new Request(ids, positions, attention, rows, guidance, time, known, context);
  }

  /** The same with its slots at other positions. */
  public Request at(int[] others) {
    return new Request(ids, others, attention, rows, guidance, time, noise, context);
  }

  /** The same with another attention. */
  public Request attending(Attention other) {
    return new Request(ids, positions, other, rows, guidance, time, noise, context);
  }

  /** The same in a context. */
  public Request in(Context other) {
    return new Request(ids, positions, attention, rows, guidance, time, noise, other);
  }

  /**
   * The same with the slots from {@code from} to {@code to − 1} alone.
   *
   * @param wanted rows, counted from there
   */
  public Request window(int from, int to, int[] wanted) {
    return new Request(
        Arrays.copyOfRange(ids, from, to),
        Arrays.copyOfRange(positions, from, to),
        attention,
        wanted,
        guidance,
        time,
        noise,
        context);
  }
}
