package dev.unmask.engine.sampler.api;

/**
 * Times of a reverse process in equal strides from 1 down to {@code end}, in float32 as the
 * references compute them.
 *
 * @param steps at least 1
 * @param end in [0, 1)
 */
public record TimeGrid(int steps, double end) implements Times {
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
