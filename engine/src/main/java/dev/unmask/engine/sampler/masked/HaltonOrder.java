package dev.unmask.engine.sampler.masked;

import java.util.stream.IntStream;

/**
 * The cells of a square in the order in which Halton's sequence of bases 2 and 3 first visits them
 * (Halton 1960, https://doi.org/10.1007/BF01386213).
 */
final class HaltonOrder {
  private HaltonOrder() {}

  /** So many cells, counted row by row, of the smallest square that has them. */
  static int[] of(int cells) {
    int side = (int) Math.ceil(Math.sqrt(cells));
    return IntStream.iterate(1, point -> point + 1)
        .map(point -> cell(point, 2, side) * side + cell(point, 3, side))
        .filter(cell -> cell < cells)
        .distinct()
        .limit(cells)
        .toArray();
  }

  /** In float32, whose rounding decides between cells where a point lies on their border. */
  private static int cell(int point, int base, int side) {
    return (int) Math.floor((float) radicalInverse(point, base) * side);
  }

  /** The digits of a number behind the point, the last first. */
  private static double radicalInverse(int number, int base) {
    long digits = 0;
    long unit = 1;
    for (int rest = number; rest > 0; rest /= base) {
      digits = digits * base + rest % base;
      unit *= base;
    }
    return (double) digits / unit;
  }
}
