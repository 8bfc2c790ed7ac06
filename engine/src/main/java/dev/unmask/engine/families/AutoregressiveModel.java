package dev.unmask.engine.families;

import dev.unmask.engine.families.Family.Place;
import dev.unmask.engine.families.Family.Setup;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.Rows;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.tensor.Parameter;
import dev.unmask.engine.tensor.Tape;
import dev.unmask.engine.tensor.Tensor;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One coordinate after the other, p(x) p(y | x), each over bins (as pixels are in van den Oord et
 * al. 2016, https://arxiv.org/abs/1601.06759, equation 1); within a bin the density is level.
 */
final class AutoregressiveModel extends NetworkModel {
  private static final Setting.Choice ORDER =
      new Setting.Choice("order", "xy", List.of("xy", "yx"), "Which coordinate is drawn first");

  static final Family FAMILY =
      new Family(
          "autoregressive",
          "Autoregressive",
          Place.TRACTABLE,
          2016,
          URI.create("https://arxiv.org/abs/1601.06759"),
          "p(x) p(y | x) on a grid: the likelihood is exact, and the order in which coordinates"
              + " come matters.",
          List.of(ORDER),
          2000,
          AutoregressiveModel::new);

  private static final Bins BINS = new Bins(96, 3.5);
  private static final int HIDDEN = 40;
  private static final double RATE = 3e-3;

  /** Of the sampled points' coordinates, which stands first. */
  private final int first = setup.settings().get(ORDER).equals("xy") ? 0 : 1;

  private final Parameter marginal = Mlp.parameter(ops, "marginal", 1, BINS.count());
  private final Mlp conditional = network(0, Bins.FEATURES, HIDDEN, BINS.count());
  private final Adam adam;
  private final Tape tape;

  private AutoregressiveModel(Setup setup) {
    super(setup);
    List<Parameter> parameters = new ArrayList<>(conditional.parameters());
    parameters.add(marginal);
    adam = learn(parameters);
    tape = new Tape(ops, parameters);
  }

  @Override
  public List<String> losses() {
    return List.of("nll");
  }

  @Override
  public float[] train(int step, long seed) {
    tape.clearGradients();
    double loss = loss(batch(step, seed));
    tape.backward();
    adam.update(step, Adam.rate(RATE, step, setup.steps()));
    return new float[] {(float) loss};
  }

  private double loss(float[] places) {
    int rows = places.length / 2;
    int[] ofFirst = bins(places, first);
    Tensor before = tape.allocate(rows, BINS.count());
    tape.embed(marginal.weight(), new int[rows], before);
    Tensor in = tape.allocate(rows, Bins.FEATURES);
    tape.write(in, 0, features(ofFirst));
    Tensor after = conditional.forward(tape, in);
    return tape.crossEntropy(before, ofFirst)
        + tape.crossEntropy(after, bins(places, 1 - first))
        + 2 * StrictMath.log(BINS.width());
  }

  private static int[] bins(float[] places, int which) {
    return IntStream.range(0, places.length / 2).map(i -> BINS.of(places[2 * i + which])).toArray();
  }

  private static float[] features(int[] bins) {
    float[] features = new float[bins.length * Bins.FEATURES];
    for (int i = 0; i < bins.length; i++) {
      BINS.features(bins[i], features, i * Bins.FEATURES);
    }
    return features;
  }

  private double[] firstChances() {
    return BINS.softmax(ops.read(marginal.weight()), 0);
  }

  /** Of the second coordinate's bins, after each bin of the first. */
  private double[][] secondChances() {
    float[] logits = conditional.apply(features(IntStream.range(0, BINS.count()).toArray()));
    return IntStream.range(0, BINS.count())
        .mapToObj(bin -> BINS.softmax(logits, bin * BINS.count()))
        .toArray(double[][]::new);
  }

  @Override
  public Likelihood likelihood() {
    return new Likelihood.Exact(this::logarithms);
  }

  private double[] logarithms(float[] places) {
    double[] before = firstChances();
    double[][] after = secondChances();
    int[] ofFirst = bins(places, first);
    int[] ofSecond = bins(places, 1 - first);
    double[] logs = new double[ofFirst.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] =
          StrictMath.log(before[ofFirst[i]])
              + StrictMath.log(after[ofFirst[i]][ofSecond[i]])
              - 2 * StrictMath.log(BINS.width());
    }
    return logs;
  }

  @Override
  public float[] samples(int count, long seed) {
    double[] before = firstChances();
    double[][] after = secondChances();
    double[][] uniform =
        new Philox(seed, 0)
            .uniform64(Purpose.TOKEN, Rows.packed(IntStream.range(0, count).toArray()), 4);
    float[] places = new float[2 * count];
    for (int i = 0; i < count; i++) {
      int bin = Bins.draw(before, uniform[i][0]);
      int next = Bins.draw(after[bin], uniform[i][1]);
      places[2 * i + first] = (float) (BINS.start(bin) + uniform[i][2] * BINS.width());
      places[2 * i + 1 - first] = (float) (BINS.start(next) + uniform[i][3] * BINS.width());
    }
    return places;
  }

  @Override
  public int evaluations() {
    return 2;
  }

  @Override
  public List<PlaneLayer> layers(Lattice lattice) {
    return List.of(
        new PlaneLayer.Values("log density", true, lattice, logarithms(lattice.places())));
  }
}
