package dev.unmask.engine.tensor;

import dev.unmask.engine.tensor.ComputationGraph.Value;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The host's operations, written down as they are applied, so that {@link #backward} can go back
 * through them and add the gradient of a loss to that of every parameter (reverse-mode
 * differentiation, https://arxiv.org/abs/1502.05767, section 3.2). A network needs its forward pass
 * alone: on a tape it is trained, and on the operations themselves it infers.
 *
 * <p>A matrix that was allocated here is one of zeros until it is written to, and again after each
 * way back. Each write gives it another value, and the one before stays where the way back reads
 * it; so a stream may be added to in place. Tensors of others are constants here, but for the
 * parameters' weights: a network whose parameters a tape was not given is gone through and not
 * changed, as adversarial training asks.
 */
public final class Tape extends RecordedOps {
  private final List<Parameter> parameters;

  /**
   * An empty tape.
   *
   * @param ops whose tensors the parameters are
   * @param parameters whose gradients are asked for
   */
  public Tape(HostTensors ops, List<Parameter> parameters) {
    super(ops, parameters);
    this.parameters = List.copyOf(parameters);
  }

  /** Sets every parameter's gradient to zero. */
  public void clearGradients() {
    parameters.forEach(parameter -> gradients.clear(parameter.gradient()));
  }

  /**
   * Adds the gradient of all losses since the last reset together to every parameter's; then
   * resets.
   */
  public void backward() {
    graph.backward();
  }

  /** Forgets what was written down, and what was allocated here is zeros. */
  public void reset() {
    graph.reset();
  }

  /** out = x · y, value by value. */
  public void multiply(Tensor x, Tensor y, Tensor out) {
    Value from = graph.value(x).keep();
    Value by = graph.value(y).keep();
    graph.compute(
        out,
        List.of(from, by),
        to -> product(from.memory(), by.memory(), to),
        dOut -> {
          HostTensor dx = graph.take(from);
          product(dOut, by.memory(), dx);
          graph.put(from, dx);
          HostTensor dy = graph.take(by);
          product(dOut, from.memory(), dy);
          graph.put(by, dy);
        });
  }

  private void product(HostTensor x, HostTensor y, HostTensor out) {
    eachRow(x, row -> ElementKernels.multiply(x, y, row, out));
  }

  /** out = eˣ, value by value. */
  public void exp(Tensor x, Tensor out) {
    map(
        graph.value(x).keep(),
        out,
        (from, to) -> eachRow(from, row -> ElementKernels.exp(from, row, to)),
        (from, dOut, dx) -> eachRow(from, row -> ElementKernels.expGradient(from, dOut, row, dx)));
  }

  /** out = tanh(x), value by value. */
  public void tanh(Tensor x, Tensor out) {
    map(
        graph.value(x).keep(),
        out,
        (from, to) -> eachRow(from, row -> ElementKernels.tanh(from, row, to)),
        (from, dOut, dx) -> eachRow(from, row -> ElementKernels.tanhGradient(from, dOut, row, dx)));
  }

  private void eachRow(HostTensor x, IntConsumer operation) {
    ops.workspace().eachRow(x.rows(), x.columns(), operation);
  }

  /**
   * Adds the loss Σᵢ weights[i] · −log softmax(logits[i])[targets[i]]. The logits cannot be read
   * afterwards: their memory takes the gradient where nobody else reads it.
   *
   * @return −log softmax(logits[i])[targets[i]] of each row
   */
  public float[] crossEntropy(Tensor logits, int[] targets, float[] weights) {
    Value x = graph.value(logits);
    HostTensor gradient = graph.consume(logits);
    float[] losses = gradients.crossEntropy(gradient, targets, weights);
    graph.put(x, gradient);
    return losses;
  }

  /** Adds the mean of such cross-entropies as a loss, and returns it. */
  public double crossEntropy(Tensor logits, int[] targets) {
    float[] weights = new float[targets.length];
    Arrays.fill(weights, 1f / targets.length);
    double sum = 0;
    for (float loss : crossEntropy(logits, targets, weights)) {
      sum += loss;
    }
    return sum / targets.length;
  }

  /**
   * Adds the mean squared error as a loss.
   *
   * @param target row-major
   * @return the mean of (x − target)²
   */
  public double squaredError(Tensor x, float[] target) {
    float[] gradient = read(x);
    double squares = 0;
    for (int i = 0; i < gradient.length; i++) {
      float error = gradient[i] - target[i];
      squares += (double) error * error;
      gradient[i] = 2 * error / gradient.length;
    }
    loss(x, gradient);
    return squares / gradient.length;
  }

  /**
   * Adds any other loss.
   *
   * @param gradient of the loss by x, row-major
   */
  public void loss(Tensor x, float[] gradient) {
    Value value = graph.value(x);
    HostTensor taken = graph.take(value);
    ops.write(taken, 0, gradient);
    graph.put(value, taken);
  }

  /** What x is now, as a constant: no gradient goes through it. */
  public Tensor detach(Tensor x) {
    return graph.detach(graph.value(x));
  }
}
