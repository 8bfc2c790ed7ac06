package dev.unmask.engine.training;

/**
 * Random numbers that depend on nothing but a seed, a stream and a count, so that a resumed run
 * draws what an uninterrupted one does: SplitMix64's mixing function
 * (https://doi.org/10.1145/2660193.2660195, figure 16) over each of the three.
 */
record CounterRandom(long key) {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final double UNIT = 0x1p-53;

  /** The numbers of one stream of a seed. */
  static CounterRandom of(long seed, long stream) {
    return new CounterRandom(mix(mix(seed + GOLDEN_GAMMA) + stream * GOLDEN_GAMMA));
  }

  /** A uniform number in [0, 1). */
  double uniform(long count) {
    return (mix(key + (count + 1) * GOLDEN_GAMMA) >>> 11) * UNIT;
  }

  /** A standard normal number, by Box and Muller. */
  double normal(long count) {
    double radius = Math.sqrt(-2 * Math.log(1 - uniform(2 * count)));
    return radius * Math.cos(2 * Math.PI * uniform(2 * count + 1));
  }

  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
