package dev.unmask.engine.families;

import dev.unmask.engine.families.Family.Place;
import dev.unmask.engine.families.Family.Setup;
import dev.unmask.engine.random.Normals;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.tensor.Parameter;
import dev.unmask.engine.tensor.Tape;
import dev.unmask.engine.tensor.Tensor;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * A variational autoencoder (Kingma and Welling 2014, https://arxiv.org/abs/1312.6114, equation 10)
 * with two latents: log p(x) ≥ E log p(x | z) − KL(q(z | x) ‖ p(z)). The decoder is a Gaussian of
 * one learned width.
 */
public final class Vae extends NetworkModel {
  private static final Setting.Real BETA =
      new Setting.Real(
          "beta", 1.0, 0, 10, "The weight of the KL term in training; with 1 it is the bound");

  static final Family FAMILY =
      new Family(
          "vae",
          "Variational autoencoder",
          Place.APPROXIMATE,
          2014,
          URI.create("https://arxiv.org/abs/1312.6114"),
          "Points as noisy pictures of latents: the bound is reconstruction − KL, and below the"
              + " true likelihood by a gap that is seen.",
          List.of(BETA),
          3000,
          Vae::new);

  private static final int HIDDEN = 32;
  private static final double RATE = 2e-3;
  private static final double LOG_TWO_PI = StrictMath.log(2 * Math.PI);

  /** Draws of the latents for one bound. */
  private static final int DRAWS = 32;

  private static final int SHOWN = 512;

  private final Mlp encoder = network(0, 2, HIDDEN, HIDDEN, 4);
  private final Mlp decoder = network(1, 2, HIDDEN, HIDDEN, 2);
  private final Parameter width = Mlp.parameter(ops, "width", 1, 1);
  private final Tensor mean = constant(2, 4, 1, 0, 0, 0, 0, 1, 0, 0);
  private final Tensor spread = constant(2, 4, 0, 0, 1, 0, 0, 0, 0, 1);
  private final Adam adam;
  private final Tape tape;

  private Vae(Setup setup) {
    super(setup);
    List<Parameter> parameters = new ArrayList<>(encoder.parameters());
    parameters.addAll(decoder.parameters());
    tape = new Tape(ops, parameters);
    // Narrow at first: a wide decoder makes do without the latents, and they are never learned.
    ops.write(width.weight(), 0, new float[] {-1.5f});
    parameters.add(width);
    adam = learn(parameters);
  }

  @Override
  public List<String> losses() {
    return List.of("reconstruction", "kl");
  }

  @Override
  public float[] train(int step, long seed) {
    tape.clearGradients();
    float[] x = batch(step, seed);
    float[] losses = losses(x, noise(x.length, step, seed));
    tape.backward();
    adam.update(step, Adam.rate(RATE, step, setup.steps()));
    return losses;
  }

  /** The means of −log p(x | z) and of the KL, of whose weighted sum the tape is told. */
  private float[] losses(float[] x, float[] noise) {
    int rows = x.length / 2;
    Tensor in = tape.allocate(rows, 2);
    tape.write(in, 0, x);
    Tensor epsilon = tape.allocate(rows, 2);
    tape.write(epsilon, 0, noise);
    Tensor said = encoder.forward(tape, in);
    Tensor mu = tape.allocate(rows, 2);
    tape.linear(said, mean, mu);
    Tensor log = tape.allocate(rows, 2);
    tape.linear(said, spread, log);
    Tensor deviation = tape.allocate(rows, 2);
    tape.exp(log, deviation);
    Tensor z = tape.allocate(rows, 2);
    tape.multiply(deviation, epsilon, z);
    tape.add(mu, z);
    Tensor decoded = decoder.forward(tape, z);
    return new float[] {
      (float) reconstruction(decoded, x), (float) divergence(mu, log, setup.settings().get(BETA))
    };
  }

  private double reconstruction(Tensor decoded, float[] x) {
    int rows = decoded.rows();
    double logWidth = logWidth();
    double precision = StrictMath.exp(-2 * logWidth);
    float[] gradient = tape.read(decoded);
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      double error = gradient[i] - x[i];
      squares += error * error;
      gradient[i] = (float) (error * precision / rows);
    }
    tape.loss(decoded, gradient);
    ops.write(width.gradient(), 0, new float[] {(float) (2 - squares * precision / rows)});
    return squares * precision / (2 * rows) + 2 * logWidth + LOG_TWO_PI;
  }

  private double divergence(Tensor mu, Tensor log, double weight) {
    int rows = mu.rows();
    float[] means = tape.read(mu);
    float[] logs = tape.read(log);
    double sum = 0;
    for (int i = 0; i < means.length; i++) {
      double variance = StrictMath.exp(2.0 * logs[i]);
      sum += (means[i] * (double) means[i] + variance - 1) / 2 - logs[i];
      means[i] = (float) (weight * means[i] / rows);
      logs[i] = (float) (weight * (variance - 1) / rows);
    }
    tape.loss(mu, means);
    tape.loss(log, logs);
    return sum / rows;
  }

  private double logWidth() {
    return ops.read(width.weight())[0];
  }

  @Override
  public Likelihood likelihood() {
    return new Likelihood.Bound(places -> estimate(places, DRAWS, false));
  }

  /**
   * log p(x) by importance sampling (https://arxiv.org/abs/1509.00519, equation 8), which with more
   * draws comes up to it from below.
   *
   * @param places [2 × N]
   * @param draws of the latents of each place
   */
  public double[] importance(float[] places, int draws) {
    return estimate(places, draws, true);
  }

  /** Of log p(x, z) − log q(z | x), the mean over draws, or the logarithm of the exponentials'. */
  private double[] estimate(float[] places, int draws, boolean exponentials) {
    int count = places.length / 2;
    float[] said = encoder.apply(places);
    double[][] weights = new double[count][draws];
    for (int draw = 0; draw < draws; draw++) {
      float[] noise = noise(2 * count, draw, 0);
      float[] z = new float[2 * count];
      for (int i = 0; i < z.length; i++) {
        int at = 4 * (i / 2) + i % 2;
        z[i] = (float) (said[at] + StrictMath.exp(said[at + 2]) * noise[i]);
      }
      float[] decoded = decoder.apply(z);
      for (int i = 0; i < count; i++) {
        weights[i][draw] = weight(places, decoded, z, noise, said, i);
      }
    }
    double[] logs = new double[count];
    for (int i = 0; i < count; i++) {
      double greatest = exponentials ? greatest(weights[i]) : 0;
      double sum = 0;
      for (double weight : weights[i]) {
        sum += exponentials ? StrictMath.exp(weight - greatest) : weight;
      }
      logs[i] = exponentials ? greatest + StrictMath.log(sum / draws) : sum / draws;
    }
    return logs;
  }

  private double weight(
      float[] places, float[] decoded, float[] z, float[] noise, float[] said, int row) {
    double logWidth = logWidth();
    double precision = StrictMath.exp(-2 * logWidth);
    double log = -2 * logWidth - LOG_TWO_PI;
    for (int i = 2 * row; i < 2 * row + 2; i++) {
      double error = decoded[i] - places[i];
      log -= error * error * precision / 2;
      log += (noise[i] * (double) noise[i] - z[i] * (double) z[i]) / 2;
      log += said[4 * row + 2 + i % 2];
    }
    return log;
  }

  private static double greatest(double[] values) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      greatest = Math.max(greatest, value);
    }
    return greatest;
  }

  @Override
  public float[] samples(int count, long seed) {
    var random = new Philox(seed, 0);
    float[] places = decoder.apply(Normals.draw(2 * count, Purpose.START, random));
    float[] noise = Normals.draw(2 * count, Purpose.NOISE, random);
    float deviation = (float) StrictMath.exp(logWidth());
    for (int i = 0; i < places.length; i++) {
      places[i] += deviation * noise[i];
    }
    return places;
  }

  @Override
  public int evaluations() {
    return 1;
  }

  @Override
  public List<PlaneLayer> layers(Lattice lattice) {
    float[] places = setup.data().batch(SHOWN, 0, 0);
    float[] said = encoder.apply(places);
    float[] means = new float[places.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = said[4 * (i / 2) + i % 2];
    }
    return List.of(
        new PlaneLayer.Values(
            "bound on the log density", true, lattice, estimate(lattice.places(), 8, false)),
        new PlaneLayer.Latents("latents", means, places));
  }
}
