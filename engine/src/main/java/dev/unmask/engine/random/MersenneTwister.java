package dev.unmask.engine.random;

/**
 * MT19937, the generator of torch on the CPU and of NumPy's legacy functions (Matsumoto and
 * Nishimura 1998, https://doi.org/10.1145/272991.272995), seeded as by {@code init_genrand}.
 */
final class MersenneTwister {
  private static final int SIZE = 624;
  private static final int SHIFT = 397;

  private final int[] state = new int[SIZE];
  private int next = SIZE;

  MersenneTwister(int seed) {
    state[0] = seed;
    for (int i = 1; i < SIZE; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
  }

  /** The next 32 bits. */
  int next() {
    if (next == SIZE) {
      twist();
      next = 0;
    }
    int y = state[next++];
    y ^= y >>> 11;
    y ^= y << 7 & 0x9D2C5680;
    y ^= y << 15 & 0xEFC60000;
    return y ^ y >>> 18;
  }

  /** Passes over {@code count} outputs, several times faster than drawing them. */
  void skip(long count) {
    long left = count;
    while (left > SIZE - next) {
      left -= SIZE - next;
      twist();
      next = 0;
    }
    next += (int) left;
  }

  private void twist() {
    for (int i = 0; i < SIZE - SHIFT; i++) {
      state[i] = state[i + SHIFT] ^ mixed(state[i], state[i + 1]);
    }
    for (int i = SIZE - SHIFT; i < SIZE - 1; i++) {
      state[i] = state[i + SHIFT - SIZE] ^ mixed(state[i], state[i + 1]);
    }
    state[SIZE - 1] = state[SHIFT - 1] ^ mixed(state[SIZE - 1], state[0]);
  }

  private static int mixed(int high, int low) {
    int y = high & 0x80000000 | low & 0x7FFFFFFF;
    return y >>> 1 ^ -(y & 1) & 0x9908B0DF;
  }
}
