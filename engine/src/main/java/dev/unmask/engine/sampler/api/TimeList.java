package dev.unmask.engine.sampler.api;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Any times.
 *
 * @param times falling, one more than there are steps
 */
public record TimeList(double[] times) implements Times {
  /** So many numbers in equal strides, both ends included. */
  public static DoubleStream even(double from, double to, int count) {
    return IntStream.range(0, count)
        .mapToDouble(i -> i == 0 ? from : from + (to - from) * i / (count - 1));
  }

  @Override
  public int steps() {
    return times.length - 1;
  }

  @Override
  public float at(int step) {
    return (float) times[step];
  }
}
