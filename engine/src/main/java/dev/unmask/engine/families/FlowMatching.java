package dev.unmask.engine.families;

import dev.unmask.engine.denoiser.ImageDenoiser;
import dev.unmask.engine.families.Family.Place;
import dev.unmask.engine.families.Family.Setup;
import dev.unmask.engine.random.Normals;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.sampler.api.Setting;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A velocity that carries data to noise along straight lines x = (1 − t) x_0 + t ε, on average
 * (Lipman et al. 2023, https://arxiv.org/abs/2210.02747, equation 23 with time turned round). With
 * reflow, the second half of training goes on from lines between noise and what the first half made
 * of it (Liu et al. 2023, https://arxiv.org/abs/2209.03003), so that paths become straighter.
 */
public final class FlowMatching extends NetworkModel {
  private static final Setting.Flag REFLOW =
      new Setting.Flag(
          "reflow",
          false,
          "Whether the second half of training straightens the first half's paths");

  static final Family FAMILY =
      new Family(
          "flow-matching",
          "Flow matching",
          Place.TRACTABLE,
          2023,
          URI.create("https://arxiv.org/abs/2210.02747"),
          "A velocity from noise to data: the straighter its paths, the fewer steps are needed; the"
              + " likelihood is exact but for the solver.",
          List.of(REFLOW),
          3000,
          FlowMatching::new);

  private static final double RATE = 2e-3;
  private static final double LOG_TWO_PI = StrictMath.log(2 * Math.PI);

  /** Euler's steps to a sample, and of the teacher of reflow. */
  private static final int STEPS = 50;

  private static final int TEACHER_STEPS = 16;

  /** Half the distance over which the divergence is measured. */
  private static final float NEAR = 0.01f;

  private static final int PATHS = 24;

  private final boolean reflow = setup.settings().get(REFLOW);
  private final Timed network = Timed.of(this, 0);
  private final Adam adam = learn(network.parameters());
  private final Timed teacher = Timed.of(this, 0);

  private FlowMatching(Setup setup) {
    super(setup);
    if (reflow) {
      teacher.parameters().forEach(each -> keep(each.weight()));
    }
  }

  @Override
  public List<String> losses() {
    return List.of("velocity");
  }

  @Override
  public float[] train(int step, long seed) {
    int half = setup.steps() / 2;
    if (reflow && step == half) {
      teacher.copy(network);
    }
    float[] epsilon = noise(2 * BATCH, step, seed);
    float[] clean =
        reflow && step >= half ? data(teacher, epsilon, TEACHER_STEPS) : batch(step, seed);
    double[] times = Timed.stratified(BATCH, step, seed);
    double[] weights = new double[BATCH];
    float[] x = new float[clean.length];
    for (int i = 0; i < x.length; i++) {
      double t = times[i / 2];
      x[i] = (float) ((1 - t) * clean[i] + t * epsilon[i]);
      epsilon[i] -= clean[i];
      weights[i / 2] = 1;
    }
    double loss = network.learn(x, times, epsilon, weights);
    adam.update(step, Adam.rate(RATE, step, setup.steps()));
    return new float[] {(float) loss};
  }

  /** Euler's steps from noise to data. */
  private static float[] data(Timed velocity, float[] noise, int steps) {
    float[] x = noise.clone();
    for (int step = steps; step > 0; step--) {
      advance(x, velocity.at(x, (double) step / steps), -1f / steps);
    }
    return x;
  }

  private static void advance(float[] x, float[] velocity, float time) {
    for (int i = 0; i < x.length; i++) {
      x[i] += time * velocity[i];
    }
  }

  @Override
  public float[] samples(int count, long seed) {
    return data(network, start(count, seed), STEPS);
  }

  private static float[] start(int count, long seed) {
    return Normals.draw(2 * count, Purpose.START, new Philox(seed, 0));
  }

  /**
   * How far from straight its paths are: the mean over paths and times of ‖(x_1 − x_0) − v‖², 0
   * where they are straight and evenly gone (https://arxiv.org/abs/2209.03003, equation 4).
   */
  public double curvature() {
    float[] x = start(2 * BATCH, 1);
    float[] noise = x.clone();
    float[][] velocities = new float[STEPS][];
    for (int step = STEPS; step > 0; step--) {
      velocities[step - 1] = network.at(x, (double) step / STEPS);
      advance(x, velocities[step - 1], -1f / STEPS);
    }
    double sum = 0;
    for (float[] velocity : velocities) {
      for (int i = 0; i < x.length; i++) {
        double off = noise[i] - x[i] - velocity[i];
        sum += off * off;
      }
    }
    return sum / STEPS / (2 * BATCH);
  }

  @Override
  public Optional<ImageDenoiser> denoiser() {
    return Optional.of(
        new PlaneDenoiser(
            (places, noise) -> {
              double all = noise.alpha() + noise.sigma();
              double t = noise.sigma() / all;
              float[] x = new float[places.length];
              for (int i = 0; i < x.length; i++) {
                x[i] = (float) (places[i] / all);
              }
              advance(x, network.at(x, t), (float) -t);
              return x;
            }));
  }

  @Override
  public int evaluations() {
    return STEPS;
  }

  @Override
  public Likelihood likelihood() {
    return new Likelihood.Exact(this::logarithms);
  }

  /**
   * The instantaneous change of variables (https://arxiv.org/abs/1806.07366, equation 8), from data
   * to noise by the midpoint rule; the divergence by central differences.
   */
  private double[] logarithms(float[] places) {
    float[] x = places.clone();
    double[] logs = new double[places.length / 2];
    for (int step = 0; step < STEPS; step++) {
      double t = (step + 0.5) / STEPS;
      float[] middle = x.clone();
      advance(middle, network.at(x, (double) step / STEPS), 0.5f / STEPS);
      for (int which = 0; which < 2; which++) {
        float[] before = moved(middle, which, -NEAR);
        float[] after = moved(middle, which, NEAR);
        float[] low = network.at(before, t);
        float[] high = network.at(after, t);
        for (int i = 0; i < logs.length; i++) {
          int at = 2 * i + which;
          logs[i] += ((double) high[at] - low[at]) / ((double) after[at] - before[at]) / STEPS;
        }
      }
      advance(x, network.at(middle, t), 1f / STEPS);
    }
    for (int i = 0; i < logs.length; i++) {
      double square = (double) x[2 * i] * x[2 * i] + (double) x[2 * i + 1] * x[2 * i + 1];
      logs[i] -= LOG_TWO_PI + square / 2;
    }
    return logs;
  }

  private static float[] moved(float[] x, int which, float by) {
    float[] moved = x.clone();
    for (int i = which; i < moved.length; i += 2) {
      moved[i] += by;
    }
    return moved;
  }

  @Override
  public List<PlaneLayer> layers(Lattice lattice) {
    return List.of(
        new PlaneLayer.Arrows("the velocity half way", lattice, network.at(lattice.places(), 0.5)),
        new PlaneLayer.Lines("paths from noise to data", paths()));
  }

  private float[][] paths() {
    float[] x = start(PATHS, 1);
    float[][] lines = new float[PATHS][2 * (STEPS + 1)];
    for (int step = STEPS; step >= 0; step--) {
      for (int path = 0; path < PATHS; path++) {
        System.arraycopy(x, 2 * path, lines[path], 2 * (STEPS - step), 2);
      }
      if (step > 0) {
        advance(x, network.at(x, (double) step / STEPS), -1f / STEPS);
      }
    }
    return lines;
  }
}
