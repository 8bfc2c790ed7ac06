package dev.unmask.engine.random;

import dev.unmask.engine.InputException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The generators that a run can draw from. */
public enum RandomKind {
  /** Counter-based: an edit changes no other number. */
  PHILOX {
    @Override
    public Stream stream(long seed) {
      return (step, draws) -> new Philox(seed, step);
    }

    @Override
    public long[] start() {
      return new long[0];
    }
  },
  /** Torch's on the CPU, to repeat what was made with it: sequential. */
  TORCH {
    @Override
    public Stream stream(long seed) {
      return new TorchStream(seed);
    }

    @Override
    public long[] start() {
      return new long[] {0};
    }
  },
  /**
   * Torch's, but for times, which NumPy's draws, to repeat what was made with both: both
   * sequential.
   */
  TORCH_NUMPY {
    @Override
    public Stream stream(long seed) {
      return (step, draws) ->
          new TorchNumpyRandom(
              new TorchRandom(seed, draws[0]),
              new TorchNumpyRandom.NumpyRandom((int) (seed ^ seed >>> Integer.SIZE), draws[1]));
    }

    @Override
    public long[] start() {
      return new long[] {0, 0};
    }
  },
  /** JAX's, to repeat what was made with it: sequential. */
  JAX {
    @Override
    public Stream stream(long seed) {
      return (step, draws) -> new JaxRandom(seed, draws[0]);
    }

    @Override
    public long[] start() {
      return new long[] {0};
    }
  };

  /**
   * The seed that seeds both generators of {@link #TORCH_NUMPY} as they were seeded: torch's is in
   * the low half, and in the high half is what NumPy's differs by, nothing if it is the same.
   */
  public static long seed(int torch, int numpy) {
    return (long) (torch ^ numpy) << Integer.SIZE | Integer.toUnsignedLong(torch);
  }

  /** The numbers of a run's steps. */
  public abstract Stream stream(long seed);

  /** The draws before the first step. */
  public abstract long[] start();

  /** As options and traces write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The kind of that word.
   *
   * @throws InputException if there is none
   */
  public static RandomKind of(String word) {
    return Arrays.stream(values())
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "There is no random generator '%s'; there are %s."
                        .formatted(
                            word,
                            Arrays.stream(values())
                                .map(RandomKind::word)
                                .collect(Collectors.joining(", ")))));
  }

  /** One torch generator for all steps, made anew where a run goes on from an earlier step. */
  static final class TorchStream implements Stream {
    private final long seed;
    private TorchRandom generator;

    TorchStream(long seed) {
      this.seed = seed;
      this.generator = new TorchRandom(seed);
    }

    @Override
    public RandomSource at(int step, long[] draws) {
      if (generator.draws()[0] != draws[0]) {
        generator = new TorchRandom(seed, draws[0]);
      }
      return generator;
    }
  }

  /** Gives each step of a run its random numbers. */
  @FunctionalInterface
  public interface Stream {
    /**
     * The numbers of a step.
     *
     * @param step from 0
     * @param draws what {@link RandomSource#draws} was after the step before, so that a run can go
     *     on from any step
     */
    RandomSource at(int step, long[] draws);
  }
}
