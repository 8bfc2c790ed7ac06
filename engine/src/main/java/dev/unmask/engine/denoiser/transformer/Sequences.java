package dev.unmask.engine.denoiser.transformer;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Equally long sequences, one below the other.
 *
 * @param count how many there are
 * @param ids of all of them
 * @param positions one for each id
 * @param times one for each sequence, in [0, 1]; empty where none is told
 */
public record Sequences(int count, int[] ids, int[] positions, double[] times) {
  /**
   * Sequences at one time.
   *
   * @param positions of each of them
   */
  static Sequences of(List<int[]> sequences, int[] positions, OptionalDouble time) {
    int count = sequences.size();
    return new Sequences(
        count,
        sequences.stream().flatMapToInt(Arrays::stream).toArray(),
        IntStream.range(0, count).flatMap(_ -> Arrays.stream(positions)).toArray(),
        time.stream().flatMap(t -> DoubleStream.generate(() -> t).limit(count)).toArray());
  }

  /** Positions in one of them. */
  int length() {
    return ids.length / count;
  }

  /** The rows of some slots in each of them. */
  int[] rows(int[] slots) {
    return IntStream.range(0, count)
        .flatMap(sequence -> Arrays.stream(slots).map(slot -> sequence * length() + slot))
        .toArray();
  }
}
