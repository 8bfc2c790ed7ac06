package dev.unmask.engine.random;

/**
 * Blocks of four words of 32 bits that are encrypted side by side by Philox 4x32-10 (Salmon et al.
 * 2011, https://doi.org/10.1145/2063384.2063405): every round is taken by all of them before the
 * next, so that the compiler takes as many at a time as a register holds. Each word stands in the
 * lower half of a long.
 */
final class PhiloxBlocks {
  private static final int ROUNDS = 10;
  private static final long MULTIPLIER_0 = 0xD2511F53L;
  private static final long MULTIPLIER_1 = 0xCD9E8D57L;
  private static final long LOW = 0xFFFFFFFFL;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;

  private final long[][] words;

  /** So many, all zero. */
  PhiloxBlocks(int count) {
    words = new long[4][count];
  }

  /** Makes a block this counter. */
  void set(int block, int word0, int word1, int word2, int word3) {
    words[0][block] = word0 & LOW;
    words[1][block] = word1 & LOW;
    words[2][block] = word2 & LOW;
    words[3][block] = word3 & LOW;
  }

  /** A word of a block, in [0, 2³²). */
  long word(int block, int index) {
    return words[index][block];
  }

  /** Replaces all counters by their random blocks. */
  void encrypt(int key0, int key1) {
    int k0 = key0;
    int k1 = key1;
    for (int round = 0; round < ROUNDS; round++) {
      round(words[0], words[1], words[2], words[3], k0 & LOW, k1 & LOW);
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
  }

  private static void round(long[] w0, long[] w1, long[] w2, long[] w3, long k0, long k1) {
    for (int i = 0; i < w0.length; i++) {
      long product0 = MULTIPLIER_0 * (w0[i] & LOW);
      long product1 = MULTIPLIER_1 * (w2[i] & LOW);
      w0[i] = product1 >>> 32 ^ w1[i] ^ k0;
      w2[i] = product0 >>> 32 ^ w3[i] ^ k1;
      w1[i] = product1 & LOW;
      w3[i] = product0 & LOW;
    }
  }
}
