package dev.unmask.engine.random;

import java.util.stream.IntStream;

/**
 * Torch's generator on the CPU after {@code torch.manual_seed}: sequential, so every tensor is
 * drawn whole, and the rows that are not wanted are passed over. {@link #draws} counts outputs of
 * MT19937 of 32 bits (two for a float64 number, one for any other), so that passing over that many
 * outputs of a fresh generator gives its exact state at any step.
 */
public final class TorchRandom implements RandomSource {
  private final MersenneTwister twister;
  private long draws;

  /** Seeded; torch uses the low 32 bits. */
  public TorchRandom(long seed) {
    this(seed, 0);
  }

  /** As it is after {@code draws} outputs. */
  public TorchRandom(long seed, long draws) {
    this.twister = new MersenneTwister((int) seed);
    this.draws = draws;
    twister.skip(draws);
  }

  /** {@code torch.rand(rows.count(), columns, dtype=torch.float64)}. */
  @Override
  public double[][] uniform64(Purpose purpose, Rows rows, int columns) {
    double[][] wanted = new double[rows.wanted().length][columns];
    long end = draws + 2L * rows.count() * columns;
    long start = draws;
    for (int i = 0; i < wanted.length; i++) {
      skipTo(start + 2L * rows.wanted()[i] * columns);
      for (int column = 0; column < columns; column++) {
        wanted[i][column] = nextFloat64();
      }
    }
    skipTo(end);
    return wanted;
  }

  /** {@code torch.rand(rows.count(), columns)}. */
  @Override
  public float[][] uniform32(Purpose purpose, Rows rows, int columns) {
    float[][] wanted = new float[rows.wanted().length][columns];
    long end = draws + (long) rows.count() * columns;
    long start = draws;
    for (int i = 0; i < wanted.length; i++) {
      skipTo(start + (long) rows.wanted()[i] * columns);
      for (int column = 0; column < columns; column++) {
        wanted[i][column] = (nextOutput() & 0xFFFFFF) * 0x1p-24f;
      }
    }
    skipTo(end);
    return wanted;
  }

  /** {@code torch.randint(0, below, (rows.count(),))}. */
  @Override
  public int[] integers(Purpose purpose, Rows rows, int below) {
    int[] wanted = new int[rows.wanted().length];
    long start = draws;
    for (int i = 0; i < wanted.length; i++) {
      skipTo(start + rows.wanted()[i]);
      wanted[i] = integer(0, below);
    }
    skipTo(start + rows.count());
    return wanted;
  }

  /** {@code torch.randint(from, to, ())}: a whole number from {@code from} to {@code to − 1}. */
  public int integer(int from, int to) {
    return from + Integer.remainderUnsigned(nextOutput(), to - from);
  }

  /** {@code torch.randperm(size)}. */
  public int[] permutation(int size) {
    int[] permutation = IntStream.range(0, size).toArray();
    for (int i = 0; i < size - 1; i++) {
      int other = i + Integer.remainderUnsigned(nextOutput(), size - i);
      int swapped = permutation[i];
      permutation[i] = permutation[other];
      permutation[other] = swapped;
    }
    return permutation;
  }

  @Override
  public long[] draws() {
    return new long[] {draws};
  }

  private int nextOutput() {
    draws++;
    return twister.next();
  }

  private double nextFloat64() {
    long high = nextOutput();
    long low = Integer.toUnsignedLong(nextOutput());
    return ((high << 32 | low) & ((1L << 53) - 1)) * 0x1p-53;
  }

  private void skipTo(long output) {
    twister.skip(output - draws);
    draws = output;
  }
}
