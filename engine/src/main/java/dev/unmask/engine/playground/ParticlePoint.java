package dev.unmask.engine.playground;

import dev.unmask.engine.noise.gaussian.Corruption;

/**
 * Where particles were at a time, and what is known of them there.
 *
 * @param time t, 0 clean, 1 noise; NaN where nothing tells it
 * @param noise α and σ of x = α x_0 + σ ε
 * @param x particle after particle, x and y of each: [2 × N]
 * @param clean x̂0 of each, shaped as {@code x}
 * @param density p(x) of each: [N]
 * @param candidates how many components of the mixture a particle may have come from, on average
 */
public record ParticlePoint(
    double time,
    Corruption.Gaussian noise,
    float[] x,
    float[] clean,
    float[] density,
    double candidates) {
  /** With all that is known of the particles. */
  static ParticlePoint of(Mixture data, double time, Corruption.Gaussian noise, float[] x) {
    float[] clean = new float[x.length];
    float[] density = new float[x.length / 2];
    double candidates = 0;
    for (int i = 0; i < density.length; i++) {
      Reading reading = data.at(x[2 * i], x[2 * i + 1], noise);
      clean[2 * i] = (float) reading.cleanX();
      clean[2 * i + 1] = (float) reading.cleanY();
      density[i] = (float) reading.density();
      candidates += reading.candidates() / density.length;
    }
    return new ParticlePoint(time, noise, x, clean, density, candidates);
  }

  /** N. */
  public int particles() {
    return density.length;
  }
}
