package dev.unmask.engine.families;

import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.Rows;
import dev.unmask.engine.tensor.Parameter;
import dev.unmask.engine.tensor.Tape;
import dev.unmask.engine.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** A network that is shown places and a time from 0 to 1, which it sees as waves. */
final class Timed {
  private static final int HIDDEN = 40;
  private static final int WAVES = 2;
  private static final int INPUTS = 3 + 2 * WAVES;

  private final Mlp network;
  private final Tape tape;

  private Timed(NetworkModel model, Mlp network) {
    this.network = network;
    tape = new Tape(model.ops, network.parameters());
  }

  /** The network of a model of that number. */
  static Timed of(NetworkModel model, int which) {
    return new Timed(model, model.network(which, INPUTS, HIDDEN, HIDDEN, HIDDEN, 2));
  }

  List<Parameter> parameters() {
    return network.parameters();
  }

  void copy(Timed other) {
    network.copy(other.network);
  }

  /**
   * Adds the gradient of the mean over places of weight · ‖said − target‖².
   *
   * @param x what it is shown: [2 × N]
   * @param times of each place
   * @param target [2 × N]
   * @param weights of each place
   * @return that mean
   */
  double learn(float[] x, double[] times, float[] target, double[] weights) {
    tape.clearGradients();
    Tensor in = tape.allocate(times.length, INPUTS);
    tape.write(in, 0, rows(x, times));
    Tensor said = network.forward(tape, in);
    float[] gradient = tape.read(said);
    double loss = 0;
    for (int i = 0; i < gradient.length; i++) {
      double error = gradient[i] - target[i];
      double weight = weights[i / 2] / times.length;
      loss += weight * error * error;
      gradient[i] = (float) (2 * weight * error);
    }
    tape.loss(said, gradient);
    tape.backward();
    return loss;
  }

  /** What it says of places: [2 × N]. */
  float[] at(float[] x, double[] times) {
    return network.apply(rows(x, times));
  }

  /** What it says of places at one time. */
  float[] at(float[] x, double time) {
    return at(x, IntStream.range(0, x.length / 2).mapToDouble(_ -> time).toArray());
  }

  private static float[] rows(float[] x, double[] times) {
    float[] rows = new float[times.length * INPUTS];
    double last = Double.NaN;
    float[] seen = new float[INPUTS - 2];
    for (int i = 0; i < times.length; i++) {
      if (times[i] != last) {
        last = times[i];
        seen[0] = (float) (2 * last - 1);
        for (int wave = 0; wave < WAVES; wave++) {
          seen[1 + 2 * wave] = (float) StrictMath.sin((wave + 1) * Math.PI * last);
          seen[2 + 2 * wave] = (float) StrictMath.cos((wave + 1) * Math.PI * last);
        }
      }
      rows[i * INPUTS] = x[2 * i];
      rows[i * INPUTS + 1] = x[2 * i + 1];
      System.arraycopy(seen, 0, rows, i * INPUTS + 2, seen.length);
    }
    return rows;
  }

  /** Times of a step's places, from 0 to 1, one in each of as many strata as there are places. */
  static double[] stratified(int count, int step, long seed) {
    double shift =
        new Philox(seed, step).uniform64(Purpose.TIME, Rows.packed(new int[] {0}), 1)[0][0];
    return IntStream.range(0, count).mapToDouble(i -> (shift + (double) i / count) % 1).toArray();
  }
}
