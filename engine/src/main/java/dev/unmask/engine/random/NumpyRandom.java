package dev.unmask.engine.random;

/**
 * NumPy's legacy generator after {@code np.random.seed}: sequential, two outputs of MT19937 a
 * number.
 */
final class NumpyRandom {
  private final MersenneTwister twister;
  private long draws;

  /** As it is after {@code draws} outputs. */
  NumpyRandom(int seed, long draws) {
    this.twister = new MersenneTwister(seed);
    this.draws = draws;
    twister.skip(draws);
  }

  /** {@code np.random.rand()}: 53 bits, the first output's 27 high ones above the second's 26. */
  double next() {
    draws += 2;
    long high = twister.next() >>> 5;
    long low = twister.next() >>> 6;
    return (high << 26 | low) * 0x1p-53;
  }

  /** Outputs so far. */
  long draws() {
    return draws;
  }
}
