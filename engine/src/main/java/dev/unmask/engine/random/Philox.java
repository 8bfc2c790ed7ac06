package dev.unmask.engine.random;

/**
 * Philox 4x32-10 (Salmon et al. 2011, https://doi.org/10.1145/2063384.2063405): the random numbers
 * of one step, each a function of the seed (the key) and of step, position, candidate and purpose
 * (the counter). Order, threads and the rows asked for change nothing.
 */
public final class Philox implements RandomSource {
  private static final int ROUNDS = 10;
  private static final long MULTIPLIER_0 = 0xD2511F53L;
  private static final long MULTIPLIER_1 = 0xCD9E8D57L;
  private static final long LOW = 0xFFFFFFFFL;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;

  private final long seed;
  private final int step;

  /** The numbers of one step of the runs with this seed. */
  public Philox(long seed, int step) {
    this.seed = seed;
    this.step = step;
  }

  /** Two candidates share a block of 128 bits: each takes the upper 53 of its 64. */
  @Override
  public double[][] uniform64(Purpose purpose, Rows rows, int columns) {
    double[][] numbers = new double[rows.wanted().length][columns];
    int[] block = new int[4];
    for (int i = 0; i < numbers.length; i++) {
      for (int column = 0; column < columns; column++) {
        int half = column % 2 * 2;
        if (half == 0) {
          block(rows.positions()[i], column / 2, purpose, block);
        }
        long bits = (long) block[half] << 32 | Integer.toUnsignedLong(block[half + 1]);
        numbers[i][column] = (bits >>> 11) * 0x1p-53;
      }
    }
    return numbers;
  }

  /** Four candidates share a block of 128 bits: each takes the upper 24 of its 32. */
  @Override
  public float[][] uniform32(Purpose purpose, Rows rows, int columns) {
    float[][] numbers = new float[rows.wanted().length][columns];
    int[] block = new int[4];
    for (int i = 0; i < numbers.length; i++) {
      for (int column = 0; column < columns; column++) {
        if (column % 4 == 0) {
          block(rows.positions()[i], column / 4, purpose, block);
        }
        numbers[i][column] = (block[column % 4] >>> 8) * 0x1p-24f;
      }
    }
    return numbers;
  }

  /** The upper 32 of a block's bits, scaled: off from uniform by less than below / 2³². */
  @Override
  public int[] integers(Purpose purpose, Rows rows, int below) {
    int[] numbers = new int[rows.wanted().length];
    int[] block = new int[4];
    for (int i = 0; i < numbers.length; i++) {
      block(rows.positions()[i], 0, purpose, block);
      numbers[i] = (int) ((block[0] & LOW) * below >>> 32);
    }
    return numbers;
  }

  /** None: nothing is sequential. */
  @Override
  public long[] draws() {
    return new long[0];
  }

  private void block(int position, int index, Purpose purpose, int[] out) {
    out[0] = step;
    out[1] = position;
    out[2] = index;
    out[3] = purpose.ordinal();
    encrypt(out, (int) seed, (int) (seed >>> 32));
  }

  /** Replaces a counter of four words by its random block. */
  static void encrypt(int[] words, int key0, int key1) {
    int w0 = words[0];
    int w1 = words[1];
    int w2 = words[2];
    int w3 = words[3];
    int k0 = key0;
    int k1 = key1;
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = MULTIPLIER_0 * (w0 & LOW);
      long product1 = MULTIPLIER_1 * (w2 & LOW);
      w0 = (int) (product1 >>> 32) ^ w1 ^ k0;
      w1 = (int) product1;
      w2 = (int) (product0 >>> 32) ^ w3 ^ k1;
      w3 = (int) product0;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    words[0] = w0;
    words[1] = w1;
    words[2] = w2;
    words[3] = w3;
  }
}
