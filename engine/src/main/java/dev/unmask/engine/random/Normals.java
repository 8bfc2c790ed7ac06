package dev.unmask.engine.random;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Standard normal numbers as {@code torch.randn} makes them on the CPU: by Box and Muller from 16
 * uniform ones at a time, of which the last 16 are drawn anew where the count is no multiple of 16.
 * Of fewer than 16 numbers, it takes the first of 16.
 */
public final class Normals {
  private static final int BLOCK = 16;

  private Normals() {}

  /** So many, in float32. */
  public static float[] draw(int count, Purpose purpose, RandomSource random) {
    int size = Math.max(count, BLOCK);
    boolean again = size % BLOCK != 0;
    int[] all = IntStream.range(0, again ? size + BLOCK : size).toArray();
    float[][] uniform = random.uniform32(purpose, Rows.packed(all), 1);
    float[] numbers = new float[size];
    for (int from = 0; from + BLOCK <= size; from += BLOCK) {
      transform(uniform, from, numbers, from);
    }
    if (again) {
      transform(uniform, size, numbers, size - BLOCK);
    }
    return count == size ? numbers : Arrays.copyOf(numbers, count);
  }

  private static void transform(float[][] uniform, int from, float[] numbers, int to) {
    for (int i = 0; i < BLOCK / 2; i++) {
      double radius = Math.sqrt(-2 * Math.log(1 - uniform[from + i][0]));
      double angle = 2 * Math.PI * uniform[from + i + BLOCK / 2][0];
      numbers[to + i] = (float) (radius * Math.cos(angle));
      numbers[to + i + BLOCK / 2] = (float) (radius * Math.sin(angle));
    }
  }
}
