package dev.unmask.engine.sampler.api;

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
}
