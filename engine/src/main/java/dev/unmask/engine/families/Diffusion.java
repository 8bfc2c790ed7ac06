package dev.unmask.engine.families;

import dev.unmask.engine.denoiser.ImageDenoiser;
import dev.unmask.engine.families.Family.Place;
import dev.unmask.engine.families.Family.Setup;
import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.random.Normals;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A diffusion model that predicts the noise of x = α x_0 + σ ε, α² + σ² = 1 (Ho et al. 2020,
 * https://arxiv.org/abs/2006.11239, equation 14). What its network says is v of ε = σ x + α v
 * (https://arxiv.org/abs/2202.00512, appendix D), because where there is much noise x is nearly ε,
 * and what is left of x_0 would be lost in the last bits.
 */
public final class Diffusion extends NetworkModel {
  static final Family FAMILY =
      new Family(
          "diffusion",
          "Diffusion",
          Place.APPROXIMATE,
          2020,
          URI.create("https://arxiv.org/abs/2006.11239"),
          "Noise that is predicted, and taken away in many small steps by any image sampler: a"
              + " bound on the likelihood, summed over all of them.",
          List.of(),
          4000,
          Diffusion::new);

  /** σ / α where the data are as good as clean, and where nothing is left of them. */
  private static final double LEAST = 0.02;

  private static final double GREATEST = 80;
  private static final double RATE = 2e-3;
  private static final double LOG_TWO_PI = StrictMath.log(2 * Math.PI);

  /** Steps from noise to data. */
  private static final int STEPS = 50;

  /** T of the bound, and how many of its terms are drawn for each place. */
  private static final int LEVELS = 1000;

  private static final int TERMS = 50;

  private final Timed network = Timed.of(this, 0);
  private final Adam adam = learn(network.parameters());

  private Diffusion(Setup setup) {
    super(setup);
  }

  @Override
  public List<String> losses() {
    return List.of("noise");
  }

  /** σ / α at a time from 0, clean, to 1, noise. */
  private static double ratio(double time) {
    return LEAST * StrictMath.pow(GREATEST / LEAST, time);
  }

  private static double time(double ratio) {
    return Math.clamp(StrictMath.log(ratio / LEAST) / StrictMath.log(GREATEST / LEAST), 0, 1);
  }

  private static Corruption.Gaussian noise(double ratio) {
    return Corruption.Gaussian.preserving(1 / (1 + ratio * ratio));
  }

  @Override
  public float[] train(int step, long seed) {
    float[] clean = batch(step, seed);
    float[] epsilon = noise(clean.length, step, seed);
    double[] times = Timed.stratified(BATCH, step, seed);
    float[] x = new float[clean.length];
    float[] v = new float[clean.length];
    double[] weights = new double[BATCH];
    for (int i = 0; i < x.length; i++) {
      Corruption.Gaussian at = noise(ratio(times[i / 2]));
      x[i] = (float) (at.alpha() * clean[i] + at.sigma() * epsilon[i]);
      v[i] = (float) (at.alpha() * epsilon[i] - at.sigma() * clean[i]);
      // The error of v is, times α, that of ε.
      weights[i / 2] = at.alpha() * at.alpha();
    }
    double loss = network.learn(x, times, v, weights);
    adam.update(step, Adam.rate(RATE, step, setup.steps()));
    return new float[] {(float) loss};
  }

  /** x̂0 of places that were noised so, whatever their scale. */
  private float[] clean(float[] places, double[] ratios, double scale) {
    float[] x = new float[places.length];
    double[] times = new double[ratios.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (places[i] * scale);
      times[i / 2] = time(ratios[i / 2]);
    }
    float[] v = network.at(x, times);
    for (int i = 0; i < x.length; i++) {
      Corruption.Gaussian at = noise(ratios[i / 2]);
      x[i] = (float) (at.alpha() * x[i] - at.sigma() * v[i]);
    }
    return x;
  }

  @Override
  public Optional<ImageDenoiser> denoiser() {
    return Optional.of(
        new PlaneDenoiser(
            (x, noise) -> {
              double ratio = Math.min(noise.ratio(), 10 * GREATEST);
              double scale = 1 / StrictMath.hypot(noise.alpha(), noise.sigma());
              return clean(x, filled(x.length / 2, ratio), scale);
            }));
  }

  /** DDIM (https://arxiv.org/abs/2010.02502, equation 12 with σ = 0). */
  @Override
  public float[] samples(int count, long seed) {
    return samples(count, seed, STEPS);
  }

  /** The same in so many steps, evenly in log σ / α. */
  float[] samples(int count, long seed, int steps) {
    float[] x = Normals.draw(2 * count, Purpose.START, new Philox(seed, 0));
    for (int step = 0; step < steps; step++) {
      double ratio = ratio(1 - (double) step / steps);
      Corruption.Gaussian now = noise(ratio);
      Corruption.Gaussian next =
          step == steps - 1
              ? new Corruption.Gaussian(1, 0)
              : noise(ratio(1 - (step + 1.0) / steps));
      float[] clean = clean(x, filled(count, ratio), 1);
      for (int i = 0; i < x.length; i++) {
        double epsilon = (x[i] - now.alpha() * clean[i]) / now.sigma();
        x[i] = (float) (next.alpha() * clean[i] + next.sigma() * epsilon);
      }
    }
    return x;
  }

  private static double[] filled(int count, double value) {
    double[] values = new double[count];
    Arrays.fill(values, value);
    return values;
  }

  @Override
  public int evaluations() {
    return STEPS;
  }

  @Override
  public Likelihood likelihood() {
    return new Likelihood.Bound(this::bound);
  }

  /**
   * The evidence lower bound (https://arxiv.org/abs/2107.00630, equation 13), evenly in log σ / α:
   * −½ Σ (SNR(s) − SNR(t)) ‖x_0 − x̂0(x_t)‖², what is left at t = 1, and a Gaussian of the least σ
   * about x_0 at t = 0. Of the sum's terms some are drawn, one in each of equal stretches.
   */
  private double[] bound(float[] places) {
    int count = places.length / 2;
    double[] logs = new double[count];
    for (int i = 0; i < count; i++) {
      double x = places[2 * i];
      double y = places[2 * i + 1];
      logs[i] = -LOG_TWO_PI - 2 * StrictMath.log(LEAST) - 1 - prior((x * x + y * y) / 2);
    }
    for (int term = 0; term < TERMS; term++) {
      double[] times = Timed.stratified(count, term, 1);
      float[] epsilon = noise(2 * count, term, 1);
      float[] x = new float[2 * count];
      double[] ratios = new double[count];
      double[] weights = new double[count];
      for (int i = 0; i < count; i++) {
        int level = (int) ((term + times[i]) * LEVELS / TERMS) + 1;
        ratios[i] = ratio((double) level / LEVELS);
        double before = ratio((level - 1.0) / LEVELS);
        weights[i] = (1 / (before * before) - 1 / (ratios[i] * ratios[i])) / 2;
        Corruption.Gaussian at = noise(ratios[i]);
        for (int j = 2 * i; j < 2 * i + 2; j++) {
          x[j] = (float) (at.alpha() * places[j] + at.sigma() * epsilon[j]);
        }
      }
      float[] clean = clean(x, ratios, 1);
      for (int i = 0; i < x.length; i++) {
        double error = clean[i] - places[i];
        logs[i / 2] -= weights[i / 2] * error * error * LEVELS / TERMS;
      }
    }
    return logs;
  }

  /**
   * KL(q(x_1 | x_0) ‖ N(0, I)).
   *
   * @param half ½ ‖x_0‖²
   */
  private static double prior(double half) {
    double alpha = noise(GREATEST).alpha();
    double variance = 1 - alpha * alpha;
    return alpha * alpha * half + variance - 1 - StrictMath.log(variance);
  }

  @Override
  public List<PlaneLayer> layers(Lattice lattice) {
    float[] places = lattice.places();
    double ratio = 0.3;
    float[] clean =
        clean(scaled(places, noise(ratio).alpha()), filled(places.length / 2, ratio), 1);
    for (int i = 0; i < places.length; i++) {
      clean[i] -= places[i];
    }
    return List.of(new PlaneLayer.Arrows("from a noise of 0.3 to x̂0", lattice, clean));
  }

  private static float[] scaled(float[] x, double factor) {
    float[] scaled = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      scaled[i] = (float) (x[i] * factor);
    }
    return scaled;
  }
}
