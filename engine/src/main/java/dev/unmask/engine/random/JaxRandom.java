package dev.unmask.engine.random;

/**
 * JAX's generator, threefry 2x32 (Salmon et al. 2011, https://doi.org/10.1145/2063384.2063405),
 * with partitionable keys: for every tensor the key is split in two, the second half gives the
 * tensor's numbers, each by its place, and the first is the key from then on. {@link #draws} counts
 * tensors.
 */
public final class JaxRandom implements RandomSource {
  private static final int[][] ROTATIONS = {{13, 15, 26, 6}, {17, 29, 16, 24}};
  private static final int PARITY = 0x1BD11BDA;
  private static final int ROUNDS = 5;

  private long key;
  private long draws;

  /** As it is after so many tensors were drawn from {@code jax.random.PRNGKey(seed)}. */
  public JaxRandom(long seed, long draws) {
    this.key = seed;
    for (this.draws = 0; this.draws < draws; this.draws++) {
      key = child(key, 0);
    }
  }

  /** {@code jax.random.uniform(key, (rows.count(), columns))}, in float64. */
  @Override
  public double[][] uniform64(Purpose purpose, Rows rows, int columns) {
    long tensor = next();
    double[][] numbers = new double[rows.wanted().length][columns];
    for (int i = 0; i < numbers.length; i++) {
      for (int column = 0; column < columns; column++) {
        long place = (long) rows.wanted()[i] * columns + column;
        numbers[i][column] = (threefry(tensor, place) >>> 12) * 0x1p-52;
      }
    }
    return numbers;
  }

  /** {@code jax.random.uniform(key, (rows.count(), columns))}. */
  @Override
  public float[][] uniform32(Purpose purpose, Rows rows, int columns) {
    long tensor = next();
    float[][] numbers = new float[rows.wanted().length][columns];
    for (int i = 0; i < numbers.length; i++) {
      for (int column = 0; column < columns; column++) {
        long place = (long) rows.wanted()[i] * columns + column;
        numbers[i][column] = (bits(tensor, place) >>> 9) * 0x1p-23f;
      }
    }
    return numbers;
  }

  /** {@code jax.random.randint(key, (rows.count(),), 0, below)}. */
  @Override
  public int[] integers(Purpose purpose, Rows rows, int below) {
    long tensor = next();
    long high = child(tensor, 0);
    long low = child(tensor, 1);
    long half = 0x10000 % below;
    long multiplier = half * half % below;
    int[] numbers = new int[rows.wanted().length];
    for (int i = 0; i < numbers.length; i++) {
      long upper = Integer.toUnsignedLong(bits(high, rows.wanted()[i])) % below;
      long lower = Integer.toUnsignedLong(bits(low, rows.wanted()[i])) % below;
      numbers[i] = (int) (((upper * multiplier & 0xFFFFFFFFL) + lower & 0xFFFFFFFFL) % below);
    }
    return numbers;
  }

  @Override
  public long[] draws() {
    return new long[] {draws};
  }

  private long next() {
    long tensor = child(key, 1);
    key = child(key, 0);
    draws++;
    return tensor;
  }

  /** One of the keys that {@code jax.random.split} makes. */
  private static long child(long key, int index) {
    return threefry(key, index);
  }

  private static int bits(long key, long place) {
    long block = threefry(key, place);
    return (int) (block >>> 32) ^ (int) block;
  }

  /** The block of a counter, both as two words of 32 bits, the upper one first. */
  static long threefry(long key, long counter) {
    int[] keys = {(int) (key >>> 32), (int) key, 0};
    keys[2] = keys[0] ^ keys[1] ^ PARITY;
    int x0 = (int) (counter >>> 32) + keys[0];
    int x1 = (int) counter + keys[1];
    for (int round = 0; round < ROUNDS; round++) {
      for (int rotation : ROTATIONS[round % 2]) {
        x0 += x1;
        x1 = Integer.rotateLeft(x1, rotation) ^ x0;
      }
      x0 += keys[(round + 1) % 3];
      x1 += keys[(round + 2) % 3] + round + 1;
    }
    return (long) x0 << 32 | Integer.toUnsignedLong(x1);
  }
}
