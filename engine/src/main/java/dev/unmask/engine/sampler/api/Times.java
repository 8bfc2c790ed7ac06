package dev.unmask.engine.sampler.api;

import java.util.Comparator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The times of a reverse process, falling, in float32 as the references compute them. */
public interface Times {
  /** How many steps there are. */
  int steps();

  /** t after that many steps. */
  float at(int step);

  /** s: the time that the step which starts at t leads to. */
  default float after(int step) {
    return at(step + 1);
  }

  /**
   * Times of a reverse process in equal strides from 1 down to {@code end}, in float32 as the
   * references compute them.
   *
   * @param steps at least 1
   * @param end in [0, 1)
   */
  record Grid(int steps, double end) implements Times {
    /** Counted from the nearer end. */
    @Override
    public float at(int step) {
      float stride = ((float) end - 1) / steps;
      return step < (steps + 1) / 2 ? 1 + stride * step : (float) end - stride * (steps - step);
    }

    @Override
    public float after(int step) {
      return at(step) - (float) ((1 - end) / steps);
    }
  }

  /** The last of some times: those of a process that starts when it is already half done. */
  record Later(Times all, int skipped) implements Times {
    /** From the time that is nearest to this on; at least one step is left. */
    public static Times from(double start, Times all) {
      int nearest =
          IntStream.range(0, all.steps())
              .boxed()
              .min(Comparator.comparingDouble(step -> Math.abs(all.at(step) - start)))
              .orElse(0);
      return nearest == 0 ? all : new Later(all, nearest);
    }

    @Override
    public int steps() {
      return all.steps() - skipped;
    }

    @Override
    public float at(int step) {
      return all.at(step + skipped);
    }

    @Override
    public float after(int step) {
      return all.after(step + skipped);
    }
  }

  /**
   * Any times.
   *
   * @param times falling, one more than there are steps
   */
  record Listed(double[] times) implements Times {
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
}
