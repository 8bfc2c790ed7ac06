package dev.unmask.engine.families;

import dev.unmask.engine.families.Family.Place;
import dev.unmask.engine.families.Family.Setup;
import dev.unmask.engine.random.Normals;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.Rows;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.tensor.Parameter;
import dev.unmask.engine.tensor.Tape;
import dev.unmask.engine.tensor.Tensor;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An energy E, of which p ∝ e⁻ᴱ, by contrastive divergence (Hinton 2002,
 * https://doi.org/10.1162/089976602760128018): lower where data are, higher where Langevin's chains
 * go. Chains begin at the data, or go on where they were (Tieleman 2008,
 * https://doi.org/10.1145/1390156.1390290), but for a few that begin anew.
 */
final class Energy extends NetworkModel {
  private static final String PERSISTENT = "persistent";

  private static final Setting.Choice CHAINS =
      new Setting.Choice(
          "chains", PERSISTENT, List.of(PERSISTENT, "data"), "Where chains of a step begin");

  private static final Setting.Whole LANGEVIN =
      new Setting.Whole("langevin-steps", 10, 1, 100, "How far a chain goes in a step of training");

  static final Family FAMILY =
      new Family(
          "energy",
          "Energy-based model",
          Place.IMPLICIT,
          2002,
          URI.create("https://doi.org/10.1162/089976602760128018"),
          "A landscape that nobody has to normalise: see the energy, and chains that walk down into"
              + " it.",
          List.of(CHAINS, LANGEVIN),
          1500,
          Energy::new);

  private static final int HIDDEN = 40;
  private static final double RATE = 1e-3;

  /** ε of x − ε/2 · ∇E + √ε · noise. */
  private static final double SIZE = 0.01;

  /** The share of the chains that begin anew in a step. */
  private static final double ANEW = 0.05;

  /** How far apart chains begin, and how wide the landscape is where the network says nothing. */
  private static final double WIDE = 1.5;

  /** How much energies are kept from growing. */
  private static final double WEIGHT_OF_SQUARES = 0.01;

  /** Langevin's steps to a sample. */
  private static final int STEPS = 200;

  private static final int SHOWN = 16;
  private static final int STRIDE = 5;

  private final boolean persistent = setup.settings().get(CHAINS).equals(PERSISTENT);
  private final Mlp network = network(0, 2, HIDDEN, HIDDEN, 1);
  private final Adam adam = learn(network.parameters());
  private final Tape learning = new Tape(ops, network.parameters());

  /** Places whose slopes are asked for. */
  private final Parameter places = Mlp.parameter(ops, "places", BATCH, 2);

  private final Tape sloping = new Tape(ops, List.of(places));
  private final Tensor chains = ops.allocate(BATCH, 2);

  private Energy(Setup setup) {
    super(setup);
    if (persistent) {
      ops.write(chains, 0, start(BATCH, new Philox(setup.seed(), -1)));
      keep(chains);
    }
  }

  private static float[] start(int count, Philox random) {
    float[] x = Normals.draw(2 * count, Purpose.START, random);
    for (int i = 0; i < x.length; i++) {
      x[i] *= (float) WIDE;
    }
    return x;
  }

  @Override
  public List<String> losses() {
    return List.of("contrast");
  }

  @Override
  public float[] train(int step, long seed) {
    float[] data = batch(step, seed);
    float[] x = persistent ? someAnew(ops.read(chains), step, seed) : data.clone();
    int walked = setup.settings().get(LANGEVIN);
    for (int i = 0; i < walked; i++) {
      walk(x, step * walked + i, seed);
    }
    if (persistent) {
      ops.write(chains, 0, x);
    }
    learning.clearGradients();
    double loss = contrast(data, x);
    learning.backward();
    adam.update(step, Adam.rate(RATE, step, setup.steps()));
    return new float[] {(float) loss};
  }

  private static float[] someAnew(float[] x, int step, long seed) {
    var random = new Philox(seed, step);
    float[][] chance =
        random.uniform32(Purpose.ORDER, Rows.packed(IntStream.range(0, BATCH).toArray()), 1);
    float[] anew = Normals.draw(2 * BATCH, Purpose.WEIGHT, random);
    for (int i = 0; i < x.length; i++) {
      x[i] = chance[i / 2][0] < ANEW ? (float) (WIDE * anew[i]) : x[i];
    }
    return x;
  }

  /** A step of Langevin's chains, in place. */
  private void walk(float[] x, int number, long seed) {
    float[] slopes = slopes(x);
    float[] noise = noise(x.length, number, seed);
    for (int i = 0; i < x.length; i++) {
      x[i] += (float) (-SIZE / 2 * slopes[i] + Math.sqrt(SIZE) * noise[i]);
      x[i] = Math.clamp(x[i], -6, 6);
    }
  }

  /** ∇E. */
  private float[] slopes(float[] x) {
    float[] slopes = new float[x.length];
    float[] some = new float[2 * BATCH];
    float[] ones = new float[BATCH];
    Arrays.fill(ones, 1);
    for (int at = 0; at < x.length; at += some.length) {
      int count = Math.min(some.length, x.length - at);
      System.arraycopy(x, at, some, 0, count);
      ops.write(places.weight(), 0, some);
      sloping.clearGradients();
      sloping.loss(network.forward(sloping, places.weight()), ones);
      sloping.backward();
      float[] found = ops.read(places.gradient());
      for (int i = 0; i < count; i++) {
        slopes[at + i] = found[i] + x[at + i] / (float) (WIDE * WIDE);
      }
    }
    return slopes;
  }

  private double contrast(float[] data, float[] chained) {
    float[] both = Arrays.copyOf(data, data.length + chained.length);
    System.arraycopy(chained, 0, both, data.length, chained.length);
    Tensor in = learning.allocate(2 * BATCH, 2);
    learning.write(in, 0, both);
    Tensor said = network.forward(learning, in);
    float[] energies = learning.read(said);
    double loss = 0;
    for (int i = 0; i < energies.length; i++) {
      double sign = i < BATCH ? 1 : -1;
      loss += sign * energies[i] / BATCH;
      energies[i] = (float) ((sign + 2 * WEIGHT_OF_SQUARES * energies[i]) / BATCH);
    }
    learning.loss(said, energies);
    return loss;
  }

  /** −E: the log density, but for a constant. */
  private double[] logarithms(float[] x) {
    float[] said = network.apply(x);
    double[] logs = new double[said.length];
    for (int i = 0; i < said.length; i++) {
      double square = (double) x[2 * i] * x[2 * i] + (double) x[2 * i + 1] * x[2 * i + 1];
      logs[i] = -said[i] - square / (2 * WIDE * WIDE);
    }
    return logs;
  }

  @Override
  public float[] samples(int count, long seed) {
    float[] x = start(count, new Philox(seed, 0));
    for (int step = 0; step < STEPS; step++) {
      walk(x, step, seed);
    }
    return x;
  }

  @Override
  public int evaluations() {
    return STEPS;
  }

  @Override
  public Likelihood likelihood() {
    return new Likelihood.None();
  }

  @Override
  public List<PlaneLayer> layers(Lattice lattice) {
    return List.of(
        new PlaneLayer.Values("−energy", true, lattice, logarithms(lattice.places())),
        new PlaneLayer.Lines("chains", walks()));
  }

  private float[][] walks() {
    float[][] lines = new float[SHOWN][2 * (STEPS / STRIDE)];
    float[] x = start(SHOWN, new Philox(1, 0));
    for (int step = 0; step < STEPS; step++) {
      for (int chain = 0; chain < SHOWN && step % STRIDE == 0; chain++) {
        lines[chain][2 * (step / STRIDE)] = x[2 * chain];
        lines[chain][2 * (step / STRIDE) + 1] = x[2 * chain + 1];
      }
      walk(x, step, 1);
    }
    return lines;
  }
}
