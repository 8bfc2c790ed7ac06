package dev.unmask.engine.families;

import dev.unmask.engine.families.Family.Setup;
import dev.unmask.engine.random.Normals;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.Parameter;
import dev.unmask.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** What models of networks have in common: their numbers are those of some tensors. */
abstract class NetworkModel implements PlaneModel {
  /** Points of a step of training. */
  static final int BATCH = 256;

  final Setup setup;
  final HostTensors ops;
  private final List<Tensor> tensors = new ArrayList<>();
  private final List<Parameter> learned = new ArrayList<>();

  NetworkModel(Setup setup) {
    this.setup = setup;
    ops = setup.ops();
  }

  /** A network of this model, of its own first weights. */
  final Mlp network(int which, int... widths) {
    return new Mlp(ops, new Philox(setup.seed(), which), widths);
  }

  /** Parameters that are learned. */
  final Adam learn(List<Parameter> parameters) {
    var adam = new Adam(ops, parameters);
    adam.numbers().forEach(tensors::add);
    learned.addAll(parameters);
    return adam;
  }

  /** Something that training reads and does not learn. */
  final void keep(Tensor tensor) {
    tensors.add(tensor);
  }

  /** All that is learned; with the gradients of the last step. */
  final List<Parameter> learned() {
    return learned;
  }

  @Override
  public int parameters() {
    return learned.stream().mapToInt(each -> each.rows() * each.columns()).sum();
  }

  @Override
  public int size() {
    return tensors.stream().mapToInt(tensor -> tensor.rows() * tensor.columns()).sum();
  }

  @Override
  public float[] numbers() {
    float[] numbers = new float[size()];
    int at = 0;
    for (Tensor tensor : tensors) {
      float[] values = ops.read(tensor);
      System.arraycopy(values, 0, numbers, at, values.length);
      at += values.length;
    }
    return numbers;
  }

  @Override
  public void become(float[] numbers) {
    checkSize(numbers);
    int at = 0;
    for (Tensor tensor : tensors) {
      float[] values = new float[tensor.rows() * tensor.columns()];
      System.arraycopy(numbers, at, values, 0, values.length);
      ops.write(tensor, 0, values);
      at += values.length;
    }
  }

  /** The points of a step. */
  final float[] batch(int step, long seed) {
    return setup.data().batch(BATCH, seed, step);
  }

  /** Standard normal numbers of a step. */
  static float[] noise(int count, int step, long seed) {
    return Normals.draw(count, Purpose.NOISE, new Philox(seed, step));
  }

  /** A constant matrix. */
  final Tensor constant(int rows, int columns, float... values) {
    Tensor tensor = ops.allocate(rows, columns);
    ops.write(tensor, 0, values);
    return tensor;
  }

  @Override
  public void close() {
    ops.close();
  }
}
