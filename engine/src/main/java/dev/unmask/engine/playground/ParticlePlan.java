package dev.unmask.engine.playground;

import java.util.List;

/**
 * What becomes of particles in the plane.
 *
 * @param particles N, at least 1
 */
public record ParticlePlan(PlaneData data, ParticleWay way, int particles, long seed) {
  /** Where they are, in the order in which they are there. */
  public List<ParticlePoint> points() {
    return way.points(data, particles, seed);
  }
}
