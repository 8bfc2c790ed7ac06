package dev.unmask.engine.playground;

/**
 * What becomes of particles in the plane.
 *
 * @param particles N, at least 1
 * @param steps K, at least 1
 */
public record ParticlePlan(
    PlaneData data, PlaneProcess process, int particles, int steps, long seed) {
  /** Their paths. */
  public ParticlePaths paths() {
    return ParticlePaths.forward(data.mixture(), process.process(), particles, steps, seed);
  }
}
