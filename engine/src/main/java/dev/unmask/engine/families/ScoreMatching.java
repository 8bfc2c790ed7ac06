package dev.unmask.engine.families;

import dev.unmask.engine.families.Family.Place;
import dev.unmask.engine.families.Family.Setup;
import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.playground.Reading;
import dev.unmask.engine.random.Normals;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import java.net.URI;
import java.util.List;

/**
 * The score, ∇ log p, of the data under noise x + σ ε, by denoising score matching at levels of
 * noise, and samples by annealed Langevin dynamics (Song and Ermon 2019,
 * https://arxiv.org/abs/1907.05600, equation 6 and algorithm 1). The network says σ · score.
 */
public final class ScoreMatching extends NetworkModel {
  static final Family FAMILY =
      new Family(
          "score",
          "Score matching",
          Place.IMPLICIT,
          2019,
          URI.create("https://arxiv.org/abs/1907.05600"),
          "The slope of the log density, which needs no normaliser: see the learned score beside"
              + " the exact one, and Langevin's walk along it from much noise to little.",
          List.of(),
          3000,
          ScoreMatching::new);

  private static final double GREATEST = 3;
  private static final double LEAST = 0.05;
  private static final double RATE = 2e-3;

  /** Levels of noise that samples go through, and Langevin's steps at each. */
  private static final int LEVELS = 12;

  private static final int STEPS = 20;

  /** ε of the paper, in the least σ²: a step at a level is ε σ² / least σ². */
  private static final double STEP = 0.2;

  /** The noise of which the score is shown. */
  private static final double SHOWN = 0.2;

  private static final int WALKERS = 12;

  private final Timed network = Timed.of(this, 0);
  private final Adam adam = learn(network.parameters());

  private ScoreMatching(Setup setup) {
    super(setup);
  }

  @Override
  public List<String> losses() {
    return List.of("score");
  }

  private static double sigma(double time) {
    return LEAST * StrictMath.pow(GREATEST / LEAST, time);
  }

  private static double time(double sigma) {
    return StrictMath.log(sigma / LEAST) / StrictMath.log(GREATEST / LEAST);
  }

  /** λ(σ) = σ², so that all levels count alike: the network says −ε. */
  @Override
  public float[] train(int step, long seed) {
    float[] x = batch(step, seed);
    float[] epsilon = noise(x.length, step, seed);
    double[] times = Timed.stratified(BATCH, step, seed);
    double[] weights = new double[BATCH];
    for (int i = 0; i < x.length; i++) {
      double sigma = sigma(times[i / 2]);
      x[i] = (float) ((x[i] + sigma * epsilon[i]) / StrictMath.hypot(1, sigma));
      epsilon[i] = -epsilon[i];
      weights[i / 2] = 1;
    }
    double loss = network.learn(x, times, epsilon, weights);
    adam.update(step, Adam.rate(RATE, step, setup.steps()));
    return new float[] {(float) loss};
  }

  /**
   * The learned ∇ log p of the data under noise.
   *
   * @param places [2 × N]
   * @param sigma from 0.05 to 3
   */
  public float[] score(float[] places, double sigma) {
    float[] x = new float[places.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (places[i] / StrictMath.hypot(1, sigma));
    }
    float[] score = network.at(x, time(sigma));
    for (int i = 0; i < score.length; i++) {
      score[i] /= (float) sigma;
    }
    return score;
  }

  /** The exact one, shaped likewise. */
  private float[] truth(float[] places, double sigma) {
    var noise = new Corruption.Gaussian(1, sigma);
    float[] score = new float[places.length];
    for (int i = 0; i < places.length; i += 2) {
      Reading reading = setup.data().mixture().at(places[i], places[i + 1], noise);
      score[i] = (float) reading.scoreX();
      score[i + 1] = (float) reading.scoreY();
    }
    return score;
  }

  /** E σ² ‖learned − exact‖² over noised data that no training sees. */
  public double error(double sigma) {
    float[] places = PlaneFigures.heldOut(setup.data());
    float[] epsilon = noise(places.length, 0, 1);
    for (int i = 0; i < places.length; i++) {
      places[i] += (float) (sigma * epsilon[i]);
    }
    float[] learned = score(places, sigma);
    float[] exact = truth(places, sigma);
    double sum = 0;
    for (int i = 0; i < learned.length; i++) {
      double error = sigma * (learned[i] - exact[i]);
      sum += error * error;
    }
    return 2 * sum / places.length;
  }

  @Override
  public float[] samples(int count, long seed) {
    float[] x = start(count, seed);
    for (int level = 0; level < LEVELS; level++) {
      x = walk(x, level, seed);
    }
    return x;
  }

  private static float[] start(int count, long seed) {
    float[] x = Normals.draw(2 * count, Purpose.START, new Philox(seed, 0));
    for (int i = 0; i < x.length; i++) {
      x[i] *= (float) GREATEST;
    }
    return x;
  }

  /** Langevin's steps at a level; the very last one adds no noise. */
  private float[] walk(float[] from, int level, long seed) {
    double sigma = sigma(1 - (double) level / (LEVELS - 1));
    double size = STEP * sigma * sigma;
    float[] x = from.clone();
    for (int step = 0; step < STEPS; step++) {
      boolean last = level == LEVELS - 1 && step == STEPS - 1;
      float[] score = score(x, sigma);
      float[] noise = noise(x.length, level * STEPS + step, seed);
      for (int i = 0; i < x.length; i++) {
        x[i] += (float) (size / 2 * score[i] + (last ? 0 : Math.sqrt(size) * noise[i]));
      }
    }
    return x;
  }

  @Override
  public int evaluations() {
    return LEVELS * STEPS;
  }

  @Override
  public Likelihood likelihood() {
    return new Likelihood.None();
  }

  @Override
  public List<PlaneLayer> layers(Lattice lattice) {
    float[] places = lattice.places();
    float[] learned = score(places, SHOWN);
    float[] exact = truth(places, SHOWN);
    float[] error = new float[learned.length];
    for (int i = 0; i < error.length; i++) {
      error[i] = learned[i] - exact[i];
    }
    return List.of(
        new PlaneLayer.Arrows("the learned score", lattice, learned),
        new PlaneLayer.Arrows("the exact score", lattice, exact),
        new PlaneLayer.Arrows("their difference", lattice, error),
        new PlaneLayer.Lines("Langevin's walk, a point a level", walks()));
  }

  private float[][] walks() {
    float[][] lines = new float[WALKERS][2 * (LEVELS + 1)];
    float[] x = start(WALKERS, 1);
    for (int level = 0; level <= LEVELS; level++) {
      for (int walker = 0; walker < WALKERS; walker++) {
        lines[walker][2 * level] = x[2 * walker];
        lines[walker][2 * level + 1] = x[2 * walker + 1];
      }
      x = level == LEVELS ? x : walk(x, level, 1);
    }
    return lines;
  }
}
