package dev.unmask.engine.sampler.api;

import java.util.Comparator;
import java.util.stream.IntStream;

/** The last of some times: those of a process that starts when it is already half done. */
public record LaterTimes(Times all, int skipped) implements Times {
  /** From the time that is nearest to this on; at least one step is left. */
  public static Times from(double start, Times all) {
    int nearest =
        IntStream.range(0, all.steps())
            .boxed()
            .min(Comparator.comparingDouble(step -> Math.abs(all.at(step) - start)))
            .orElse(0);
    return nearest == 0 ? all : new LaterTimes(all, nearest);
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
