package dev.unmask.engine.families;

import dev.unmask.engine.denoiser.ImageDenoiser;
import dev.unmask.engine.families.Family.Place;
import dev.unmask.engine.families.Family.Setup;
import dev.unmask.engine.random.Normals;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.sampler.api.Setting;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A consistency model from a diffusion model (Geng et al. 2024, https://arxiv.org/abs/2406.14548):
 * the first half of training is denoising, and in the second what is said at a noise is drawn to
 * what is said at a lesser one of the same path, which is nearer and nearer. The network is
 * preconditioned as in https://arxiv.org/abs/2206.00364, table 1.
 */
public final class ConsistencyModel extends NetworkModel {
  private static final Setting.Whole STEPS =
      new Setting.Whole(
          "sampling-steps", 1, 1, 2, "How often noise is predicted away for a sample");

  static final Family FAMILY =
      new Family(
          "consistency",
          "Consistency model",
          Place.IMPLICIT,
          2024,
          URI.create("https://arxiv.org/abs/2406.14548"),
          "A diffusion model taught to go the whole way at once: one step or two against fifty.",
          List.of(STEPS),
          6000,
          ConsistencyModel::new);

  private static final double RATE = 2e-3;
  private static final double LEAST = 0.02;
  private static final double GREATEST = 10;

  /** The noise between the two steps of a sample. */
  private static final double BETWEEN = 0.5;

  /** Stages of the second half, in each of which the partners are nearer. */
  private static final int STAGES = 5;

  /** Where errors count by their size and no longer by their square. */
  private static final double HUBER = 0.05;

  private final Timed network = Timed.of(this, 0);
  private final Adam adam = learn(network.parameters());

  private ConsistencyModel(Setup setup) {
    super(setup);
  }

  @Override
  public List<String> losses() {
    return List.of("denoising", "consistency");
  }

  private static double sigma(double time) {
    return LEAST * StrictMath.pow(GREATEST / LEAST, time);
  }

  private static double time(double sigma) {
    return Math.clamp(StrictMath.log(sigma / LEAST) / StrictMath.log(GREATEST / LEAST), 0, 1);
  }

  /** What the network is shown, where the data have variance 1. */
  private static float[] shown(float[] x, double[] sigmas) {
    float[] shown = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      shown[i] = (float) (x[i] / StrictMath.hypot(1, sigmas[i / 2]));
    }
    return shown;
  }

  private static double[] times(double[] sigmas) {
    return Arrays.stream(sigmas).map(ConsistencyModel::time).toArray();
  }

  /** What it says at places x_0 + σ ε: x̂0 in the first half, and in the second where they lead. */
  private float[] clean(float[] x, double[] sigmas) {
    float[] said = network.at(shown(x, sigmas), times(sigmas));
    for (int i = 0; i < x.length; i++) {
      double sigma = sigmas[i / 2];
      double skip = 1 / (1 + sigma * sigma);
      said[i] = (float) (skip * x[i] + sigma * Math.sqrt(skip) * said[i]);
    }
    return said;
  }

  @Override
  public float[] train(int step, long seed) {
    float[] data = batch(step, seed);
    float[] epsilon = noise(data.length, step, seed);
    double[] sigmas =
        Arrays.stream(Timed.stratified(BATCH, step, seed)).map(ConsistencyModel::sigma).toArray();
    boolean denoising = step < setup.steps() / 2;
    float[] x = new float[data.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (data[i] + sigmas[i / 2] * epsilon[i]);
    }
    double[] weights = new double[BATCH];
    Arrays.fill(weights, 1);
    float[] wanted = denoising ? data : partners(data, epsilon, x, sigmas, stage(step), weights);
    double loss =
        network.learn(shown(x, sigmas), times(sigmas), outputs(x, wanted, sigmas), weights);
    adam.update(step, Adam.rate(RATE, step, setup.steps()));
    return denoising
        ? new float[] {(float) loss, Float.NaN}
        : new float[] {Float.NaN, (float) loss};
  }

  /** a of the paper: 2^a is about what a σ is of its distance to its partner. */
  private double stage(int step) {
    int half = setup.steps() / 2;
    return 2 + 0.5 * ((step - half) * STAGES / Math.max(1, setup.steps() - half));
  }

  /**
   * What is said at a lesser noise, and weights that make of a square the error's size.
   *
   * @param weights of each place, written over
   */
  private float[] partners(
      float[] data, float[] epsilon, float[] x, double[] sigmas, double stage, double[] weights) {
    double[] lesser = new double[BATCH];
    float[] near = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      double sigma = sigmas[i / 2];
      double share = (1 + 8 / (1 + StrictMath.exp(sigma))) / StrictMath.pow(2, stage);
      lesser[i / 2] = Math.max(LEAST, sigma * Math.max(0, 1 - share));
      near[i] = (float) (data[i] + lesser[i / 2] * epsilon[i]);
    }
    float[] wanted = clean(near, lesser);
    float[] said = clean(x, sigmas);
    for (int i = 0; i < BATCH; i++) {
      boolean last = lesser[i] <= LEAST;
      for (int j = 2 * i; j < 2 * i + 2 && last; j++) {
        wanted[j] = data[j];
      }
      double error =
          StrictMath.hypot(said[2 * i] - wanted[2 * i], said[2 * i + 1] - wanted[2 * i + 1]);
      double sigma = sigmas[i];
      double gain = sigma * sigma / (1 + sigma * sigma);
      double distance = (sigma - (last ? 0 : lesser[i])) / sigma;
      weights[i] = gain / (2 * StrictMath.hypot(error, HUBER) * distance);
    }
    return wanted;
  }

  /** What the network has to say that x becomes what is wanted. */
  private static float[] outputs(float[] x, float[] wanted, double[] sigmas) {
    float[] outputs = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      double sigma = sigmas[i / 2];
      double skip = 1 / (1 + sigma * sigma);
      outputs[i] = (float) ((wanted[i] - skip * x[i]) / (sigma * Math.sqrt(skip)));
    }
    return outputs;
  }

  @Override
  public float[] samples(int count, long seed) {
    return samples(count, seed, setup.settings().get(STEPS));
  }

  /** The same in so many steps, 1 or 2. */
  public float[] samples(int count, long seed, int steps) {
    float[] x = Normals.draw(2 * count, Purpose.START, new Philox(seed, 0));
    for (int i = 0; i < x.length; i++) {
      x[i] *= (float) GREATEST;
    }
    double[] sigmas = new double[count];
    Arrays.fill(sigmas, GREATEST);
    float[] clean = clean(x, sigmas);
    if (steps == 1) {
      return clean;
    }
    float[] epsilon = noise(x.length, 0, seed);
    for (int i = 0; i < x.length; i++) {
      clean[i] += (float) (BETWEEN * epsilon[i]);
    }
    Arrays.fill(sigmas, BETWEEN);
    return clean(clean, sigmas);
  }

  @Override
  public Optional<ImageDenoiser> denoiser() {
    return Optional.of(
        new PlaneDenoiser(
            (places, noise) -> {
              double[] sigmas = new double[places.length / 2];
              Arrays.fill(sigmas, Math.clamp(noise.ratio(), LEAST / 10, 10 * GREATEST));
              float[] x = new float[places.length];
              double scale = sigmas[0] / noise.sigma();
              for (int i = 0; i < x.length; i++) {
                x[i] = (float) (places[i] * (noise.sigma() > 0 ? scale : 1));
              }
              return clean(x, sigmas);
            }));
  }

  @Override
  public int evaluations() {
    return setup.settings().get(STEPS);
  }

  @Override
  public Likelihood likelihood() {
    return new Likelihood.None();
  }

  @Override
  public List<PlaneLayer> layers(Lattice lattice) {
    float[] noise = Normals.draw(2 * 48, Purpose.START, new Philox(1, 0));
    float[] samples = samples(48, 1, 1);
    float[][] lines = new float[48][];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = new float[] {noise[2 * i], noise[2 * i + 1], samples[2 * i], samples[2 * i + 1]};
    }
    return List.of(new PlaneLayer.Lines("from noise to data at once", lines));
  }
}
