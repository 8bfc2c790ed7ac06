package dev.unmask.engine.playground;

import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.random.Normals;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.random.Rows;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Round Gaussians in the plane, all equally wide and probable. Under Gaussian noise it remains such
 * a mixture, so that density, score and x̂0 are exact at any noise.
 *
 * @param x of the centres
 * @param y of the centres
 * @param deviation of each, in each direction; more than 0
 */
public record Mixture(double[] x, double[] y, double deviation) {
  /** Weights of e to minus this are below the last digit of a sum that has one of 1 in it. */
  private static final double NOTHING = 37;

  /**
   * With the centres moved and scaled so that both coordinates together have mean 0, variance 1.
   */
  static Mixture standard(double[] x, double[] y, double deviation) {
    double middleX = Arrays.stream(x).average().orElseThrow();
    double middleY = Arrays.stream(y).average().orElseThrow();
    double variance =
        IntStream.range(0, x.length)
            .mapToDouble(k -> (square(x[k] - middleX) + square(y[k] - middleY)) / 2)
            .average()
            .orElseThrow();
    double scale = Math.sqrt((1 - deviation * deviation) / variance);
    return new Mixture(
        Arrays.stream(x).map(each -> (each - middleX) * scale).toArray(),
        Arrays.stream(y).map(each -> (each - middleY) * scale).toArray(),
        deviation);
  }

  /** What is known of a place under noise; σ may be 0. */
  public Reading at(double placeX, double placeY, Corruption.Gaussian noise) {
    double alpha = noise.alpha();
    double variance = variance(noise);
    double nearest = Double.POSITIVE_INFINITY;
    for (int k = 0; k < x.length; k++) {
      nearest = Math.min(nearest, distance(k, placeX, placeY, alpha));
    }
    double sum = 0;
    double sumX = 0;
    double sumY = 0;
    double surprise = 0;
    for (int k = 0; k < x.length; k++) {
      double further = (distance(k, placeX, placeY, alpha) - nearest) / (2 * variance);
      if (further > NOTHING) {
        continue;
      }
      double weight = StrictMath.exp(-further);
      sum += weight;
      sumX += weight * x[k];
      sumY += weight * y[k];
      surprise += weight * further;
    }
    double meanX = sumX / sum;
    double meanY = sumY / sum;
    double gain = alpha * deviation * deviation / variance;
    return new Reading(
        sum * StrictMath.exp(-nearest / (2 * variance)) / (x.length * 2 * Math.PI * variance),
        (alpha * meanX - placeX) / variance,
        (alpha * meanY - placeY) / variance,
        meanX + gain * (placeX - alpha * meanX),
        meanY + gain * (placeY - alpha * meanY),
        sum * StrictMath.exp(surprise / sum));
  }

  /** log p(x) under noise, in nats; finite wherever the place is. */
  public double logDensity(double placeX, double placeY, Corruption.Gaussian noise) {
    double alpha = noise.alpha();
    double variance = variance(noise);
    double nearest = Double.POSITIVE_INFINITY;
    for (int k = 0; k < x.length; k++) {
      nearest = Math.min(nearest, distance(k, placeX, placeY, alpha));
    }
    double sum = 0;
    for (int k = 0; k < x.length; k++) {
      double further = (distance(k, placeX, placeY, alpha) - nearest) / (2 * variance);
      sum += further > NOTHING ? 0 : StrictMath.exp(-further);
    }
    return StrictMath.log(sum / (x.length * 2 * Math.PI * variance)) - nearest / (2 * variance);
  }

  /** log p(x) of the data itself, at places [2 × N]. */
  public double[] logDensities(float[] places) {
    var clean = new Corruption.Gaussian(1, 0);
    double[] logs = new double[places.length / 2];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = logDensity(places[2 * i], places[2 * i + 1], clean);
    }
    return logs;
  }

  /** The variance of a component under noise, in each direction. */
  public double variance(Corruption.Gaussian noise) {
    return square(noise.alpha() * deviation) + square(noise.sigma());
  }

  /** The component whose centre is the nearest. */
  int nearest(double placeX, double placeY) {
    int nearest = 0;
    for (int k = 1; k < x.length; k++) {
      if (distance(k, placeX, placeY, 1) < distance(nearest, placeX, placeY, 1)) {
        nearest = k;
      }
    }
    return nearest;
  }

  /** How far a place is from a component's centre. */
  double distance(int k, double placeX, double placeY) {
    return Math.sqrt(distance(k, placeX, placeY, 1));
  }

  private double distance(int k, double placeX, double placeY, double alpha) {
    return square(placeX - alpha * x[k]) + square(placeY - alpha * y[k]);
  }

  private static double square(double number) {
    return number * number;
  }

  /** Draws so many places: [2 × count]. */
  public float[] draw(int count, RandomSource random) {
    Rows rows = Rows.packed(IntStream.range(0, count).toArray());
    int[] components = random.integers(Purpose.ROUTE, rows, x.length);
    float[] places = Normals.draw(2 * count, Purpose.START, random);
    for (int i = 0; i < count; i++) {
      places[2 * i] = (float) (x[components[i]] + deviation * places[2 * i]);
      places[2 * i + 1] = (float) (y[components[i]] + deviation * places[2 * i + 1]);
    }
    return places;
  }
}
