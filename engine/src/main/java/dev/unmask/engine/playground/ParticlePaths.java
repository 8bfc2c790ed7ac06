package dev.unmask.engine.playground;

import dev.unmask.engine.image.ImageProcess;
import dev.unmask.engine.random.Normals;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Where particles were, in the order in which they were there.
 *
 * @param times t of each point of their paths, 0 clean, 1 noise: [K + 1]
 * @param x particle after particle, x and y of each: [K + 1][2 × N]
 * @param clean x̂0 of each, shaped as {@code x}
 * @param candidates how many components of the mixture a particle may have come from at each point,
 *     on average
 */
public record ParticlePaths(double[] times, float[][] x, float[][] clean, double[] candidates) {
  /** With all that is known where the particles were. */
  static ParticlePaths of(Mixture data, ImageProcess process, double[] times, float[][] x) {
    float[][] clean = new float[times.length][x[0].length];
    double[] candidates = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      double alpha = process.alpha(times[i]);
      double sigma = process.sigma(times[i]);
      for (int j = 0; j < x[i].length; j += 2) {
        Reading reading = data.at(x[i][j], x[i][j + 1], alpha, sigma);
        clean[i][j] = (float) reading.cleanX();
        clean[i][j + 1] = (float) reading.cleanY();
        candidates[i] += 2 * reading.candidates() / x[i].length;
      }
    }
    return new ParticlePaths(times, x, clean, candidates);
  }

  /**
   * From data to noise. The noise of a particle is drawn once and grows with σ(t), as in q(x_t |
   * x_0): a way of seeing the marginals, not a walk of the SDE.
   *
   * @param steps K, evenly in t
   */
  public static ParticlePaths forward(
      Mixture data, ImageProcess process, int particles, int steps, long seed) {
    float[] start = data.draw(particles, new Philox(seed, 0));
    float[] noise = Normals.draw(2 * particles, Purpose.NOISE, new Philox(seed, 0));
    double[] times = IntStream.rangeClosed(0, steps).mapToDouble(i -> (double) i / steps).toArray();
    float[][] x =
        Arrays.stream(times)
            .mapToObj(t -> process.corrupted(start, noise, t))
            .toArray(float[][]::new);
    return of(data, process, times, x);
  }

  /** K: the index of the last point. */
  public int steps() {
    return times.length - 1;
  }

  /** N. */
  public int particles() {
    return x[0].length / 2;
  }
}
