package dev.unmask.engine.families;

import dev.unmask.engine.families.Family.Place;
import dev.unmask.engine.families.Family.Setup;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.Rows;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.tensor.Tape;
import dev.unmask.engine.tensor.Tensor;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Discrete diffusion (Austin et al. 2021, https://arxiv.org/abs/2107.03006): the plane is cut into
 * 32 × 32 cells and a point is two tokens, which noise masks or replaces. Both tokens are told from
 * what the noise left, as texts are.
 */
final class DiscreteDiffusion extends NetworkModel {
  private static final String ABSORBING = "absorbing";

  private static final Setting.Choice NOISE =
      new Setting.Choice(
          "noise", ABSORBING, List.of(ABSORBING, "uniform"), "What becomes of a token in time");

  static final Family FAMILY =
      new Family(
          "discrete",
          "Discrete diffusion",
          Place.APPROXIMATE,
          2021,
          URI.create("https://arxiv.org/abs/2107.03006"),
          "The bridge to text: a point is two tokens of 32, masked or replaced by noise, and filled"
              + " in again.",
          List.of(NOISE),
          3000,
          DiscreteDiffusion::new);

  private static final Bins TOKENS = new Bins(32, 2.5);
  private static final int VOCABULARY = TOKENS.count();
  private static final int MASK = VOCABULARY;
  private static final int HIDDEN = 40;
  private static final double RATE = 2e-3;

  /** What the network sees: of both tokens the waves and whether it is a mask, and the time. */
  private static final int INPUTS = 2 * (Bins.FEATURES + 1) + 1;

  /** T of uniform noise. */
  private static final int STEPS = 32;

  private final boolean absorbing = setup.settings().get(NOISE).equals(ABSORBING);
  private final Mlp network = network(0, INPUTS, HIDDEN, HIDDEN, 2 * VOCABULARY);
  private final Adam adam = learn(network.parameters());
  private final Tape tape = new Tape(ops, network.parameters());
  private final Tensor[] heads = {head(0), head(1)};

  private DiscreteDiffusion(Setup setup) {
    super(setup);
  }

  /** Picks the logits of one of the two tokens. */
  private Tensor head(int which) {
    float[] picks = new float[VOCABULARY * 2 * VOCABULARY];
    for (int i = 0; i < VOCABULARY; i++) {
      picks[i * 2 * VOCABULARY + which * VOCABULARY + i] = 1;
    }
    return constant(VOCABULARY, 2 * VOCABULARY, picks);
  }

  @Override
  public List<String> losses() {
    return List.of("nll");
  }

  private static int[] tokens(float[] places) {
    return IntStream.range(0, places.length).map(i -> TOKENS.of(places[i])).toArray();
  }

  @Override
  public float[] train(int step, long seed) {
    int[] clean = tokens(batch(step, seed));
    double[] times = Timed.stratified(BATCH, step, seed);
    double[][] chances = chances(BATCH, step, seed);
    float[] weights = new float[clean.length];
    int[] noised =
        absorbing
            ? masked(clean, times, chances, weights)
            : replaced(clean, times, chances, weights);
    tape.clearGradients();
    double loss = loss(noised, times, clean, weights);
    tape.backward();
    adam.update(step, Adam.rate(RATE, step, setup.steps()));
    return new float[] {(float) loss};
  }

  private static double[][] chances(int count, int step, long seed) {
    return new Philox(seed, step)
        .uniform64(Purpose.NOISE, Rows.packed(IntStream.range(0, count).toArray()), 4);
  }

  /**
   * Both tokens are masked half of the time, and else one of them, whose loss then counts twice:
   * the mean is the bound of a random order (https://arxiv.org/abs/2110.02037, equation 4).
   */
  private static int[] masked(int[] clean, double[] times, double[][] chances, float[] weights) {
    int[] noised = clean.clone();
    for (int i = 0; i < times.length; i++) {
      boolean both = times[i] < 0.5;
      int alone = chances[i][0] < 0.5 ? 0 : 1;
      for (int which = 0; which < 2; which++) {
        if (both || which == alone) {
          noised[2 * i + which] = MASK;
          weights[2 * i + which] = (both ? 1f : 2f) / times.length;
        }
      }
      times[i] = 0;
    }
    return noised;
  }

  /** With probability t a token is any. */
  private static int[] replaced(int[] clean, double[] times, double[][] chances, float[] weights) {
    int[] noised = clean.clone();
    for (int i = 0; i < noised.length; i++) {
      double[] chance = chances[i / 2];
      if (chance[i % 2] < times[i / 2]) {
        noised[i] = (int) (chance[2 + i % 2] * VOCABULARY);
      }
      weights[i] = 1f / times.length;
    }
    return noised;
  }

  private double loss(int[] noised, double[] times, int[] clean, float[] weights) {
    Tensor in = tape.allocate(times.length, INPUTS);
    tape.write(in, 0, rows(noised, times));
    Tensor said = network.forward(tape, in);
    double sum = 0;
    for (int which = 0; which < 2; which++) {
      Tensor logits = tape.allocate(times.length, VOCABULARY);
      tape.linear(said, heads[which], logits);
      int[] targets = new int[times.length];
      float[] counts = new float[times.length];
      for (int i = 0; i < targets.length; i++) {
        targets[i] = clean[2 * i + which];
        counts[i] = weights[2 * i + which];
      }
      float[] losses = tape.crossEntropy(logits, targets, counts);
      for (int i = 0; i < losses.length; i++) {
        sum += losses[i] * (double) counts[i];
      }
    }
    return sum;
  }

  private static float[] rows(int[] tokens, double[] times) {
    float[] rows = new float[times.length * INPUTS];
    for (int i = 0; i < tokens.length; i++) {
      int at = i / 2 * INPUTS + i % 2 * (Bins.FEATURES + 1);
      if (tokens[i] == MASK) {
        rows[at + Bins.FEATURES] = 1;
      } else {
        TOKENS.features(tokens[i], rows, at);
      }
      rows[(i / 2 + 1) * INPUTS - 1] = (float) times[i / 2];
    }
    return rows;
  }

  /** The chances of each clean token, one token after the other, all at one time. */
  private double[][] said(int[] noised, double time) {
    double[] times = new double[noised.length / 2];
    Arrays.fill(times, time);
    float[] logits = network.apply(rows(noised, times));
    double[][] chances = new double[noised.length][];
    for (int i = 0; i < chances.length; i++) {
      chances[i] = TOKENS.softmax(logits, i * VOCABULARY);
    }
    return chances;
  }

  @Override
  public Likelihood likelihood() {
    return new Likelihood.Bound(places -> bound(tokens(places)));
  }

  /** Of each point; a cell's probability is level within it. */
  private double[] bound(int[] tokens) {
    double[] logs = absorbing ? boundOfOrders(tokens) : boundOfSteps(tokens);
    for (int i = 0; i < logs.length; i++) {
      logs[i] -= 2 * StrictMath.log(TOKENS.width());
    }
    return logs;
  }

  /** The mean of log p over both orders in which masks go. */
  private double[] boundOfOrders(int[] tokens) {
    double[] logs = new double[tokens.length / 2];
    for (int shown = -1; shown < 2; shown++) {
      int[] noised = tokens.clone();
      for (int i = 0; i < noised.length; i++) {
        noised[i] = i % 2 == shown ? noised[i] : MASK;
      }
      double[][] chances = said(noised, 0);
      for (int i = 0; i < tokens.length; i++) {
        if (i % 2 != shown) {
          logs[i / 2] += StrictMath.log(chances[i][tokens[i]]) / 2;
        }
      }
    }
    return logs;
  }

  /** −Σ KL(q(x_s | x_t, x_0) ‖ p(x_s | x_t)), equation 1, by one draw of each x_t. */
  private double[] boundOfSteps(int[] tokens) {
    double[] logs = new double[tokens.length / 2];
    for (int step = 1; step <= STEPS; step++) {
      double t = (double) step / STEPS;
      double[] times = new double[logs.length];
      Arrays.fill(times, t);
      int[] noised =
          replaced(tokens, times, chances(times.length, step, 1), new float[tokens.length]);
      double[][] chances = said(noised, t);
      for (int i = 0; i < tokens.length; i++) {
        double[] known = new double[VOCABULARY];
        known[tokens[i]] = 1;
        double[] truth = posterior(noised[i], known, step);
        double[] model = posterior(noised[i], chances[i], step);
        for (int j = 0; j < VOCABULARY; j++) {
          logs[i / 2] -= truth[j] == 0 ? 0 : truth[j] * StrictMath.log(truth[j] / model[j]);
        }
      }
    }
    return logs;
  }

  /**
   * p(x_s | x_t) = Σ q(x_s | x_t, x_0) p(x_0), where t is a step and s the one before.
   *
   * @param clean p(x_0)
   */
  private static double[] posterior(int noised, double[] clean, int step) {
    double kept = 1 - (double) step / STEPS;
    double keptBefore = 1 - (step - 1.0) / STEPS;
    double keptBetween = kept / keptBefore;
    double any = (1 - keptBetween) / VOCABULARY;
    double anyBefore = (1 - keptBefore) / VOCABULARY;
    double anyNow = (1 - kept) / VOCABULARY;
    double all = 0;
    double[] shares = new double[VOCABULARY];
    for (int k = 0; k < VOCABULARY; k++) {
      shares[k] = clean[k] / (anyNow + (k == noised ? kept : 0));
      all += shares[k];
    }
    double[] posterior = new double[VOCABULARY];
    for (int j = 0; j < VOCABULARY; j++) {
      posterior[j] =
          (any + (j == noised ? keptBetween : 0)) * (anyBefore * all + keptBefore * shares[j]);
    }
    return posterior;
  }

  @Override
  public float[] samples(int count, long seed) {
    int[] tokens = absorbing ? filledIn(count, seed) : replacedBack(count, seed);
    double[][] within = chances(count, STEPS + 1, seed);
    float[] places = new float[2 * count];
    for (int i = 0; i < places.length; i++) {
      places[i] = (float) (TOKENS.start(tokens[i]) + within[i / 2][i % 2] * TOKENS.width());
    }
    return places;
  }

  /** One token of each point, by chance which, and then the other. */
  private int[] filledIn(int count, long seed) {
    int[] tokens = new int[2 * count];
    Arrays.fill(tokens, MASK);
    double[][] uniform = chances(count, 0, seed);
    for (int turn = 0; turn < 2; turn++) {
      double[][] said = said(tokens, 0);
      for (int i = 0; i < count; i++) {
        int which = (uniform[i][0] < 0.5 ? 0 : 1) ^ turn;
        tokens[2 * i + which] = Bins.draw(said[2 * i + which], uniform[i][1 + turn]);
      }
    }
    return tokens;
  }

  private int[] replacedBack(int count, long seed) {
    double[][] start = chances(count, 0, seed);
    int[] tokens = new int[2 * count];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = (int) (start[i / 2][i % 2] * VOCABULARY);
    }
    for (int step = STEPS; step > 0; step--) {
      double[][] said = said(tokens, (double) step / STEPS);
      double[][] uniform = chances(count, step, seed);
      for (int i = 0; i < tokens.length; i++) {
        tokens[i] = Bins.draw(posterior(tokens[i], said[i], step), uniform[i / 2][i % 2]);
      }
    }
    return tokens;
  }

  @Override
  public int evaluations() {
    return absorbing ? 2 : STEPS;
  }

  @Override
  public List<PlaneLayer> layers(Lattice lattice) {
    return List.of(
        new PlaneLayer.Values(
            "bound on the log density", true, lattice, bound(tokens(lattice.places()))));
  }
}
