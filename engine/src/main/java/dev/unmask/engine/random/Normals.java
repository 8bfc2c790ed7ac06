package dev.unmask.engine.random;

import java.util.stream.IntStream;

/**
 * Standard normal numbers in float32 as {@code torch.randn} makes them on the CPU by Box and
 * Muller's method (1958, https://doi.org/10.1214/aoms/1177706645): of 16 uniform numbers at a time,
 * the last 16 drawn anew where the count is no multiple of 16; fewer than 16 from pairs of float64.
 */
public final class Normals {
  private static final int BLOCK = 16;

  private Normals() {}

  /** {@code torch.randn(count)}. */
  public static float[] draw(int count, Purpose purpose, RandomSource random) {
    return count < BLOCK ? few(count, purpose, random) : many(count, purpose, random);
  }

  private static float[] few(int count, Purpose purpose, RandomSource random) {
    int pairs = (count + 1) / 2;
    double[][] uniform = random.uniform64(purpose, rows(pairs), 2);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      double radius = Math.sqrt(-2 * StrictMath.log1p(-uniform[i / 2][1]));
      double angle = 2 * Math.PI * uniform[i / 2][0];
      numbers[i] = (float) (radius * (i % 2 == 0 ? StrictMath.cos(angle) : StrictMath.sin(angle)));
    }
    return numbers;
  }

  private static float[] many(int count, Purpose purpose, RandomSource random) {
    boolean again = count % BLOCK != 0;
    float[][] uniform = random.uniform32(purpose, rows(again ? count + BLOCK : count), 1);
    float[] numbers = new float[count];
    for (int from = 0; from + BLOCK <= count; from += BLOCK) {
      transform(uniform, from, numbers, from);
    }
    if (again) {
      transform(uniform, count, numbers, count - BLOCK);
    }
    return numbers;
  }

  private static Rows rows(int count) {
    return Rows.packed(IntStream.range(0, count).toArray());
  }

  private static void transform(float[][] uniform, int from, float[] numbers, int to) {
    for (int i = 0; i < BLOCK / 2; i++) {
      double radius = Math.sqrt(-2 * StrictMath.log(1 - uniform[from + i][0]));
      double angle = 2 * Math.PI * uniform[from + i + BLOCK / 2][0];
      numbers[to + i] = (float) (radius * StrictMath.cos(angle));
      numbers[to + i + BLOCK / 2] = (float) (radius * StrictMath.sin(angle));
    }
  }
}
