package dev.unmask.app.playground;

import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.playground.Mixture;
import dev.unmask.engine.playground.Reading;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * The distribution of the particles at a time, on a grid over the section of the plane that is
 * shown, line after line from the top.
 *
 * @param density p(x) at the middles of the cells: [ROWS × COLUMNS]
 * @param peak the greatest density
 * @param arrows the score at the middles of coarser cells, x and y of each: [ARROW_ROWS ×
 *     ARROW_COLUMNS × 2], in units of the noise there, so that it is −ε̂ where the noise is
 *     Gaussian
 * @param levels densities within whose contours {@link #SHARES} of the particles are expected
 */
public record PlaneField(
    Section section, float[] density, double peak, float[] arrows, double[] levels) {
  static final int COLUMNS = 128;
  static final int ROWS = 96;
  static final int ARROW_COLUMNS = 24;
  static final int ARROW_ROWS = 18;

  /** The share within the outermost contour. */
  static final double OUTERMOST = 0.95;

  /** From the outermost contour to the innermost. */
  private static final double[] SHARES = {OUTERMOST, 0.75, 0.5, 0.25};

  /** Of a mixture under noise. */
  static PlaneField of(Mixture data, Corruption.Gaussian noise) {
    Section section = Section.of(noise);
    float[] density = new float[ROWS * COLUMNS];
    for (int i = 0; i < density.length; i++) {
      density[i] = (float) at(data, section, COLUMNS, ROWS, i, noise).density();
    }
    float[] arrows = new float[2 * ARROW_ROWS * ARROW_COLUMNS];
    double deviation = Math.sqrt(data.variance(noise));
    for (int i = 0; i < arrows.length / 2; i++) {
      Reading reading = at(data, section, ARROW_COLUMNS, ARROW_ROWS, i, noise);
      arrows[2 * i] = (float) (deviation * reading.scoreX());
      arrows[2 * i + 1] = (float) (deviation * reading.scoreY());
    }
    double[] rising = rising(density);
    double all = Arrays.stream(rising).sum();
    double[] levels =
        DoubleStream.of(SHARES).map(share -> level(rising, all * (1 - share))).toArray();
    return new PlaneField(section, density, rising[rising.length - 1], arrows, levels);
  }

  /** At the middle of a cell. */
  private static Reading at(
      Mixture data, Section section, int columns, int rows, int cell, Corruption.Gaussian noise) {
    double x = ((cell % columns + 0.5) / columns * 2 - 1) * section.halfWidth();
    double y = (1 - (cell / columns + 0.5) / rows * 2) * section.halfHeight();
    return data.at(x, y, noise);
  }

  private static double[] rising(float[] density) {
    double[] rising = new double[density.length];
    for (int i = 0; i < rising.length; i++) {
      rising[i] = density[i];
    }
    Arrays.sort(rising);
    return rising;
  }

  /** The density below which so much of the sum lies. */
  private static double level(double[] rising, double below) {
    double sum = 0;
    int i = 0;
    while (sum < below && i < rising.length - 1) {
      sum += rising[i++];
    }
    return rising[i];
  }
}
