package dev.unmask.engine.families;

import dev.unmask.engine.random.Normals;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.Parameter;
import dev.unmask.engine.tensor.Tape;
import dev.unmask.engine.tensor.Tensor;
import dev.unmask.engine.tensor.TensorOps;
import java.util.ArrayList;
import java.util.List;

/** A small fully connected network: linear layers, and SiLU between them. */
final class Mlp {
  /** Rows that it is asked at a time, when it does not learn. */
  private static final int ROWS = 512;

  private final List<Parameter> weights = new ArrayList<>();
  private final List<Parameter> biases = new ArrayList<>();
  private final HostTensors ops;
  private final Tape inference;
  private final int inputs;
  private final int outputs;

  /**
   * With random weights whose outputs are as wide as its inputs, and no biases.
   *
   * @param random of the weights; networks of one model have different steps of one seed
   * @param widths of the inputs, of each hidden layer, of the outputs
   */
  Mlp(HostTensors ops, Philox random, int... widths) {
    this.ops = ops;
    inference = new Tape(ops, List.of());
    inputs = widths[0];
    outputs = widths[widths.length - 1];
    int all = 0;
    for (int i = 1; i < widths.length; i++) {
      all += widths[i - 1] * widths[i];
    }
    float[] normal = Normals.draw(all, Purpose.WEIGHT, random);
    int at = 0;
    for (int i = 1; i < widths.length; i++) {
      Parameter weight = parameter(ops, "weight." + i, widths[i], widths[i - 1]);
      float[] values = new float[widths[i] * widths[i - 1]];
      float scale = (float) (1 / Math.sqrt(widths[i - 1]));
      for (int j = 0; j < values.length; j++) {
        values[j] = normal[at++] * scale;
      }
      ops.write(weight.weight(), 0, values);
      weights.add(weight);
      biases.add(parameter(ops, "bias." + i, 1, widths[i]));
    }
  }

  /** Something to be learned, zeros at first, that nothing decays. */
  static Parameter parameter(HostTensors ops, String name, int rows, int columns) {
    return new Parameter(name, ops.allocate(rows, columns), ops.allocate(rows, columns), 0, 0);
  }

  /** All that it learns. */
  List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(weights);
    all.addAll(biases);
    return all;
  }

  /** Its outputs, as operations compute them. */
  Tensor forward(TensorOps tape, Tensor x) {
    Tensor from = x;
    for (int i = 0; i < weights.size(); i++) {
      Tensor to = tape.allocate(x.rows(), weights.get(i).rows());
      tape.linear(from, weights.get(i).weight(), to);
      tape.addBias(biases.get(i).weight(), to);
      if (i == weights.size() - 1) {
        return to;
      }
      from = tape.allocate(x.rows(), to.columns());
      tape.silu(to, from);
    }
    return from;
  }

  /**
   * Its outputs for any number of rows.
   *
   * @param x row after row
   * @return likewise
   */
  float[] apply(float[] x) {
    int rows = x.length / inputs;
    float[] all = new float[rows * outputs];
    float[] some = new float[ROWS * inputs];
    for (int first = 0; first < rows; first += ROWS) {
      int count = Math.min(ROWS, rows - first);
      System.arraycopy(x, first * inputs, some, 0, count * inputs);
      Tensor in = inference.allocate(ROWS, inputs);
      inference.write(in, 0, some);
      float[] out = inference.read(forward(inference, in));
      System.arraycopy(out, 0, all, first * outputs, count * outputs);
      inference.reset();
    }
    return all;
  }

  /** Makes it equal to another of the same widths. */
  void copy(Mlp other) {
    List<Parameter> from = other.parameters();
    List<Parameter> to = parameters();
    for (int i = 0; i < to.size(); i++) {
      ops.write(to.get(i).weight(), 0, ops.read(from.get(i).weight()));
    }
  }
}
