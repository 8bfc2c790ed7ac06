package dev.unmask.engine.families;

import dev.unmask.engine.families.Family.Place;
import dev.unmask.engine.families.Family.Setup;
import dev.unmask.engine.playground.DataSet;
import dev.unmask.engine.random.Normals;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import java.net.URI;
import java.util.List;

/**
 * One Gaussian, by maximum likelihood in closed form: mean and covariance are those of all points
 * that were seen, and a step of training sees some more. Its five numbers can be set by hand.
 */
final class Gaussian implements PlaneModel {
  static final Family FAMILY =
      new Family(
          "gaussian",
          "Gaussian",
          Place.TRACTABLE,
          1922,
          URI.create("https://doi.org/10.1098/rsta.1922.0009"),
          "One ellipse, the naive choice: maximum likelihood in closed form, and far too little to"
              + " express the data.",
          List.of(),
          64,
          Gaussian::new);

  private static final int BATCH = 64;
  private static final double LOG_TWO_PI = StrictMath.log(2 * Math.PI);

  private final DataSet data;
  private final Setup setup;

  /** Mean of x and y, variance of x, covariance, variance of y. */
  private float[] numbers = {0, 0, 1, 0, 1};

  private Gaussian(Setup setup) {
    this.setup = setup;
    data = setup.data();
  }

  @Override
  public List<String> losses() {
    return List.of("nll");
  }

  @Override
  public float[] numbers() {
    return numbers.clone();
  }

  @Override
  public int size() {
    return numbers.length;
  }

  @Override
  public void become(float[] other) {
    checkSize(other);
    numbers = other.clone();
  }

  @Override
  public float[] train(int step, long seed) {
    float[] batch = data.batch(BATCH, seed, step);
    double loss = 0;
    for (double log : logarithms(batch)) {
      loss -= log / BATCH;
    }
    double meanX = numbers[0];
    double meanY = numbers[1];
    double xx = numbers[2];
    double xy = numbers[3];
    double yy = numbers[4];
    for (int i = 0; i < BATCH; i++) {
      double seen = (double) step * BATCH + i;
      double x = batch[2 * i] - meanX;
      double y = batch[2 * i + 1] - meanY;
      meanX += x / (seen + 1);
      meanY += y / (seen + 1);
      double keep = seen / (seen + 1);
      xx = keep * (xx + x * x / (seen + 1));
      xy = keep * (xy + x * y / (seen + 1));
      yy = keep * (yy + y * y / (seen + 1));
    }
    numbers = new float[] {(float) meanX, (float) meanY, (float) xx, (float) xy, (float) yy};
    return new float[] {(float) loss};
  }

  @Override
  public float[] samples(int count, long seed) {
    float[] samples = Normals.draw(2 * count, Purpose.START, new Philox(seed, 0));
    double wide = Math.sqrt(numbers[2]);
    double along = numbers[3] / wide;
    double across = Math.sqrt(Math.max(0, numbers[4] - along * along));
    for (int i = 0; i < count; i++) {
      double u = samples[2 * i];
      samples[2 * i] = (float) (numbers[0] + wide * u);
      samples[2 * i + 1] = (float) (numbers[1] + along * u + across * samples[2 * i + 1]);
    }
    return samples;
  }

  @Override
  public int evaluations() {
    return 1;
  }

  @Override
  public int parameters() {
    return numbers.length;
  }

  @Override
  public Likelihood likelihood() {
    return new Likelihood.Exact(this::logarithms);
  }

  private double[] logarithms(float[] places) {
    double xx = numbers[2];
    double xy = numbers[3];
    double yy = numbers[4];
    double determinant = xx * yy - xy * xy;
    double[] logs = new double[places.length / 2];
    for (int i = 0; i < logs.length; i++) {
      double x = places[2 * i] - numbers[0];
      double y = places[2 * i + 1] - numbers[1];
      double square = (yy * x * x - 2 * xy * x * y + xx * y * y) / determinant;
      logs[i] = -square / 2 - StrictMath.log(determinant) / 2 - LOG_TWO_PI;
    }
    return logs;
  }

  @Override
  public List<PlaneLayer> layers(Lattice lattice) {
    return List.of(
        new PlaneLayer.Values("log density", true, lattice, logarithms(lattice.places())));
  }

  @Override
  public void close() {
    setup.ops().close();
  }
}
