package dev.unmask.engine.tensor;

import jdk.incubator.vector.FloatVector;

/**
 * What multiplies matrices here.
 *
 * @param name of the kernels
 * @param registerBits how wide the registers are that vectors are computed in
 */
public record Kernels(String name, int registerBits) {
  /** Of the kernels' results: changed whenever a bit of any of them does. */
  public static final int VERSION = 2;

  /** Multiply-adds that follow each other in a chain of {@link #chains}. */
  private static final int LENGTH = 1 << 16;

  private static final int CHAINS = 12;
  private static final int BURSTS = 1000;

  /** Keeps the compiler from leaving out what nobody reads. */
  private static volatile float end;

  /** Those of this process. */
  public static Kernels here() {
    return new Kernels("version " + VERSION, Lanes.SPECIES.vectorBitSize());
  }

  /**
   * Multiply-adds a second of one core, were it to do nothing else: the best of many bursts of
   * fused multiply-adds that need no memory and do not wait for each other. It takes about a tenth
   * of a second.
   */
  public static double peak() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < BURSTS; i++) {
      long start = System.nanoTime();
      end = chains(0.5f, 1f);
      least = Math.min(least, System.nanoTime() - start);
    }
    return (double) LENGTH * CHAINS * Lanes.WIDTH / least * 1e9;
  }

  /**
   * x ← factor · x + term, over and over, in twelve registers: two are finished in a cycle at most
   * and each takes four or five, so that ten suffice; AVX2 has sixteen in all.
   */
  private static float chains(float factor, float term) {
    FloatVector m = FloatVector.broadcast(Lanes.SPECIES, factor);
    FloatVector c = FloatVector.broadcast(Lanes.SPECIES, term);
    FloatVector x0 = c;
    FloatVector x1 = x0.add(c);
    FloatVector x2 = x1.add(c);
    FloatVector x3 = x2.add(c);
    FloatVector x4 = x3.add(c);
    FloatVector x5 = x4.add(c);
    FloatVector x6 = x5.add(c);
    FloatVector x7 = x6.add(c);
    FloatVector x8 = x7.add(c);
    FloatVector x9 = x8.add(c);
    FloatVector x10 = x9.add(c);
    FloatVector x11 = x10.add(c);
    for (int i = 0; i < LENGTH; i++) {
      x0 = x0.fma(m, c);
      x1 = x1.fma(m, c);
      x2 = x2.fma(m, c);
      x3 = x3.fma(m, c);
      x4 = x4.fma(m, c);
      x5 = x5.fma(m, c);
      x6 = x6.fma(m, c);
      x7 = x7.fma(m, c);
      x8 = x8.fma(m, c);
      x9 = x9.fma(m, c);
      x10 = x10.fma(m, c);
      x11 = x11.fma(m, c);
    }
    FloatVector left = x0.add(x1).add(x2).add(x3).add(x4).add(x5);
    return left.add(x6).add(x7).add(x8).add(x9).add(x10).add(x11).lane(0);
  }
}
