package dev.unmask.engine.families;

import dev.unmask.engine.families.Family.Place;
import dev.unmask.engine.families.Family.Setup;
import dev.unmask.engine.random.Normals;
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
 * A generative adversarial network. Vanilla: the discriminator tells data from samples, and the
 * generator makes it take samples for data (Goodfellow et al. 2014,
 * https://arxiv.org/abs/1406.2661, algorithm 1 with the loss of section 3 that does not saturate).
 * Wasserstein: the critic's mean difference (https://arxiv.org/abs/1701.07875); its slope is kept
 * to 1 between pairs of points, as duality asks, by a penalty where it is more
 * (https://arxiv.org/abs/1709.08894).
 */
final class Gan extends NetworkModel {
  private static final String WASSERSTEIN = "wasserstein";

  private static final Setting.Choice LOSS =
      new Setting.Choice(
          "loss", "vanilla", List.of("vanilla", WASSERSTEIN), "What the two play for");

  private static final Setting.Real GENERATOR_RATE =
      new Setting.Real(
          "generator-rate",
          10.0,
          0.1,
          20,
          "How much faster the generator learns than the discriminator under the vanilla loss: much"
              + " faster, it runs after what is not told from data yet, and modes are lost");

  private static final Setting.Whole CRITIC_STEPS =
      new Setting.Whole(
          "critic-steps",
          3,
          1,
          10,
          "Steps of the critic for one of the generator, under Wasserstein's loss");

  static final Family FAMILY =
      new Family(
          "gan",
          "Generative adversarial network",
          Place.IMPLICIT,
          2014,
          URI.create("https://arxiv.org/abs/1406.2661"),
          "A game of two networks with no density at all: see the discriminator's field, and how"
              + " many modes are lost.",
          List.of(LOSS, GENERATOR_RATE, CRITIC_STEPS),
          2000,
          Gan::new);

  private static final int HIDDEN = 32;
  private static final double RATE = 1e-3;

  /** How much faster the critic learns, which the loss asks to be nearly at its best. */
  private static final double CRITIC_RATE = 3;

  private static final double PENALTY = 3;

  private final boolean wasserstein = setup.settings().get(LOSS).equals(WASSERSTEIN);
  private final Mlp generator = network(0, 2, HIDDEN, HIDDEN, 2);
  private final Mlp discriminator = network(1, 2, HIDDEN, HIDDEN, 1);
  private final Adam ofGenerator = learn(generator.parameters());
  private final Adam ofDiscriminator = learn(discriminator.parameters());
  private final Tape generating = new Tape(ops, generator.parameters());
  private final Tape telling = new Tape(ops, discriminator.parameters());

  private Gan(Setup setup) {
    super(setup);
  }

  @Override
  public List<String> losses() {
    return List.of("discriminator", "generator");
  }

  @Override
  public float[] train(int step, long seed) {
    int rounds = wasserstein ? setup.settings().get(CRITIC_STEPS) : 1;
    for (int round = step * rounds; round < (step + 1) * rounds - 1; round++) {
      tell(round, seed);
      ofDiscriminator.update(round, ofTelling());
    }
    int last = (step + 1) * rounds - 1;
    double told = tell(last, seed);
    double made = make(step, seed);
    ofDiscriminator.update(last, ofTelling());
    ofGenerator.update(
        step,
        wasserstein
            ? Adam.rate(RATE, step, setup.steps())
            : RATE * setup.settings().get(GENERATOR_RATE));
    return new float[] {(float) told, (float) made};
  }

  private double ofTelling() {
    return wasserstein ? CRITIC_RATE * RATE : RATE;
  }

  private double tell(int round, long seed) {
    float[] real = batch(round, seed);
    float[] made = generator.apply(noise(2 * BATCH, round, seed));
    telling.clearGradients();
    double loss = wasserstein ? criticise(real, made, round, seed) : discriminate(real, made);
    telling.backward();
    return loss;
  }

  /** −log σ(D(real)) − log σ(−D(made)), the mean. */
  private double discriminate(float[] real, float[] made) {
    Tensor said = said(real, made);
    float[] logits = telling.read(said);
    double loss = 0;
    for (int i = 0; i < logits.length; i++) {
      double sign = i < BATCH ? -1 : 1;
      loss += softplus(sign * logits[i]) / BATCH;
      logits[i] = (float) (sign * sigmoid(sign * logits[i]) / BATCH);
    }
    telling.loss(said, logits);
    return loss;
  }

  /** The mean of D(made) − D(real), and the penalty. */
  private double criticise(float[] real, float[] made, int round, long seed) {
    double[][] where =
        new Philox(seed, round)
            .uniform64(Purpose.TIME, Rows.packed(IntStream.range(0, BATCH).toArray()), 2);
    float[] near = new float[2 * BATCH];
    float[] far = new float[2 * BATCH];
    for (int i = 0; i < near.length; i++) {
      double[] at = where[i / 2];
      near[i] = (float) (real[i] + at[0] * (made[i] - real[i]));
      far[i] = (float) (real[i] + at[1] * (made[i] - real[i]));
    }
    Tensor said = said(real, made, near, far);
    float[] values = telling.read(said);
    float[] gradient = new float[values.length];
    Arrays.fill(gradient, 0, BATCH, -1f / BATCH);
    Arrays.fill(gradient, BATCH, 2 * BATCH, 1f / BATCH);
    double loss = 0;
    for (int i = 0; i < BATCH; i++) {
      loss += (values[BATCH + i] - values[i]) / BATCH;
      double distance =
          StrictMath.hypot(near[2 * i] - far[2 * i], near[2 * i + 1] - far[2 * i + 1]) + 1e-3;
      double slope = (values[2 * BATCH + i] - values[3 * BATCH + i]) / distance;
      double beyond = Math.max(0, Math.abs(slope) - 1);
      loss += PENALTY * beyond * beyond / BATCH;
      float pull = (float) (2 * PENALTY * beyond * Math.signum(slope) / distance / BATCH);
      gradient[2 * BATCH + i] = pull;
      gradient[3 * BATCH + i] = -pull;
    }
    telling.loss(said, gradient);
    return loss;
  }

  private Tensor said(float[]... points) {
    Tensor in = telling.allocate(points.length * BATCH, 2);
    float[] all = new float[points.length * 2 * BATCH];
    for (int i = 0; i < points.length; i++) {
      System.arraycopy(points[i], 0, all, i * 2 * BATCH, 2 * BATCH);
    }
    telling.write(in, 0, all);
    return discriminator.forward(telling, in);
  }

  private double make(int step, long seed) {
    generating.clearGradients();
    Tensor z = generating.allocate(BATCH, 2);
    generating.write(z, 0, Normals.draw(2 * BATCH, Purpose.ORDER, new Philox(seed, step)));
    Tensor said = discriminator.forward(generating, generator.forward(generating, z));
    float[] logits = generating.read(said);
    double loss = 0;
    for (int i = 0; i < logits.length; i++) {
      loss += (wasserstein ? -logits[i] : softplus(-logits[i])) / BATCH;
      logits[i] = (float) (-(wasserstein ? 1 : sigmoid(-logits[i])) / BATCH);
    }
    generating.loss(said, logits);
    generating.backward();
    return loss;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  /** log(1 + eˣ). */
  private static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }

  @Override
  public float[] samples(int count, long seed) {
    return generator.apply(Normals.draw(2 * count, Purpose.START, new Philox(seed, 0)));
  }

  @Override
  public int evaluations() {
    return 1;
  }

  @Override
  public Likelihood likelihood() {
    return new Likelihood.None();
  }

  @Override
  public List<PlaneLayer> layers(Lattice lattice) {
    float[] said = discriminator.apply(lattice.places());
    double[] values = new double[said.length];
    for (int i = 0; i < said.length; i++) {
      values[i] = wasserstein ? said[i] : sigmoid(said[i]);
    }
    String title = wasserstein ? "the critic" : "taken for data by the discriminator";
    return List.of(new PlaneLayer.Values(title, false, lattice, values));
  }
}
