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
import java.util.Arrays;
import java.util.List;

/**
 * A normalizing flow of affine coupling layers (Dinh et al. 2017, https://arxiv.org/abs/1605.08803,
 * equations 7 and 8): in turn, one coordinate is scaled and shifted as the other one says. From
 * data to noise, log p(x) = log N(z) + Σ s.
 */
final class Flow extends NetworkModel {
  private static final Setting.Whole LAYERS =
      new Setting.Whole("layers", 8, 2, 16, "How many coupling layers there are");

  static final Family FAMILY =
      new Family(
          "flow",
          "Normalizing flow",
          Place.TRACTABLE,
          2017,
          URI.create("https://arxiv.org/abs/1605.08803"),
          "An invertible map of a Gaussian, whose likelihood is exact: see how it warps a grid, and"
              + " that it cannot tear what it bends.",
          List.of(LAYERS),
          3000,
          Flow::new);

  private static final int HIDDEN = 16;
  private static final double RATE = 3e-3;
  private static final double LOG_TWO_PI = StrictMath.log(2 * Math.PI);

  /** The greatest logarithm of a scale. */
  private static final float WIDEST = 1.5f;

  /** Lines of the warped grid on each side of the middle, and points of each. */
  private static final int LINES = 7;

  private static final int POINTS = 61;

  private final List<Mlp> couplings = new ArrayList<>();
  private final Tensor scale = constant(1, 2, 1, 0);
  private final Tensor shift = constant(1, 2, 0, 1);
  private final Tensor widest = constant(1, 1, WIDEST);
  private final Adam adam;
  private final Tape tape;

  private Flow(Setup setup) {
    super(setup);
    List<Parameter> parameters = new ArrayList<>();
    for (int i = 0; i < setup.settings().get(LAYERS); i++) {
      Mlp coupling = network(i, 1, HIDDEN, HIDDEN, 2);
      couplings.add(coupling);
      parameters.addAll(coupling.parameters());
    }
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

  /** The mean of −log p, whose gradient the tape is told. */
  private double loss(float[] x) {
    int rows = x.length / 2;
    Tensor[] z = {column(x, 0), column(x, 1)};
    double logs = 0;
    for (int i = 0; i < couplings.size(); i++) {
      Tensor said = couplings.get(i).forward(tape, z[i % 2]);
      Tensor s = scaled(said);
      Tensor grown = tape.allocate(rows, 1);
      tape.exp(s, grown);
      Tensor moved = tape.allocate(rows, 1);
      tape.multiply(z[1 - i % 2], grown, moved);
      tape.linearAdd(said, shift, moved);
      z[1 - i % 2] = moved;
      logs += sum(tape.read(s));
      tape.loss(s, all(rows, -1f / rows));
    }
    double squares = 0;
    for (Tensor each : z) {
      float[] values = tape.read(each);
      for (int i = 0; i < values.length; i++) {
        squares += (double) values[i] * values[i];
        values[i] /= rows;
      }
      tape.loss(each, values);
    }
    return LOG_TWO_PI + (squares / 2 - logs) / rows;
  }

  private Tensor column(float[] x, int which) {
    float[] values = new float[x.length / 2];
    for (int i = 0; i < values.length; i++) {
      values[i] = x[2 * i + which];
    }
    Tensor column = tape.allocate(values.length, 1);
    tape.write(column, 0, values);
    return column;
  }

  /** s = widest · tanh(…), so that no layer tears points apart. */
  private Tensor scaled(Tensor said) {
    int rows = said.rows();
    Tensor raw = tape.allocate(rows, 1);
    tape.linear(said, scale, raw);
    Tensor bounded = tape.allocate(rows, 1);
    tape.tanh(raw, bounded);
    Tensor s = tape.allocate(rows, 1);
    tape.linear(bounded, widest, s);
    return s;
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  private static float[] all(int count, float value) {
    float[] values = new float[count];
    Arrays.fill(values, value);
    return values;
  }

  @Override
  public Likelihood likelihood() {
    return new Likelihood.Exact(this::logarithms);
  }

  private double[] logarithms(float[] places) {
    float[][] z = columns(places);
    double[] logs = new double[places.length / 2];
    for (int i = 0; i < couplings.size(); i++) {
      float[] said = couplings.get(i).apply(z[i % 2]);
      float[] moved = z[1 - i % 2];
      for (int row = 0; row < logs.length; row++) {
        double s = WIDEST * StrictMath.tanh(said[2 * row]);
        logs[row] += s;
        moved[row] = (float) (moved[row] * StrictMath.exp(s) + said[2 * row + 1]);
      }
    }
    for (int row = 0; row < logs.length; row++) {
      double square = (double) z[0][row] * z[0][row] + (double) z[1][row] * z[1][row];
      logs[row] -= LOG_TWO_PI + square / 2;
    }
    return logs;
  }

  private static float[][] columns(float[] places) {
    float[][] columns = new float[2][places.length / 2];
    for (int i = 0; i < places.length; i++) {
      columns[i % 2][i / 2] = places[i];
    }
    return columns;
  }

  @Override
  public float[] samples(int count, long seed) {
    return data(Normals.draw(2 * count, Purpose.START, new Philox(seed, 0)));
  }

  /** From noise to data. */
  private float[] data(float[] noise) {
    float[][] z = columns(noise);
    for (int i = couplings.size() - 1; i >= 0; i--) {
      float[] said = couplings.get(i).apply(z[i % 2]);
      float[] moved = z[1 - i % 2];
      for (int row = 0; row < moved.length; row++) {
        double s = WIDEST * StrictMath.tanh(said[2 * row]);
        moved[row] = (float) ((moved[row] - said[2 * row + 1]) * StrictMath.exp(-s));
      }
    }
    float[] places = new float[noise.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = z[i % 2][i / 2];
    }
    return places;
  }

  @Override
  public int evaluations() {
    return 1;
  }

  @Override
  public List<PlaneLayer> layers(Lattice lattice) {
    return List.of(
        new PlaneLayer.Values("log density", true, lattice, logarithms(lattice.places())),
        new PlaneLayer.Lines("the grid of the noise, warped", grid()));
  }

  private float[][] grid() {
    float[][] lines = new float[2 * (2 * LINES + 1)][];
    for (int i = 0; i < lines.length; i++) {
      float level = (i / 2 - LINES) * 3f / LINES;
      float[] line = new float[2 * POINTS];
      for (int j = 0; j < POINTS; j++) {
        line[2 * j + i % 2] = level;
        line[2 * j + 1 - i % 2] = (j * 2f / (POINTS - 1) - 1) * 3;
      }
      lines[i] = data(line);
    }
    return lines;
  }
}
