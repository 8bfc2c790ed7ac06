package dev.unmask.engine.training;

import dev.unmask.engine.denoiser.transformer.LladaArchitecture;
import dev.unmask.engine.denoiser.transformer.TimeFeatures;
import dev.unmask.engine.tensor.AttentionMask;
import dev.unmask.engine.tensor.AttentionShape;
import dev.unmask.engine.tensor.HostGradients;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.Parameter;
import dev.unmask.engine.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The transformer of LLaDA (https://arxiv.org/abs/2502.09992, section 2.2) on a batch of equally
 * long windows, forward and backward.
 */
final class Network {
  private final LladaArchitecture shape;
  private final HostTensors ops;
  private final HostGradients gradients;
  private final Weights weights;
  private final AttentionShape attention;
  private final AttentionMask mask;
  private final int slots;
  private final int[] positions;
  private final List<Activations> layers;
  private final Tensor times;
  private final Tensor output;
  private final Tensor gathered;
  private final Tensor normed;
  private final Tensor logits;
  private final Tensor dGathered;
  private final Tensor dNormed;
  private final Slopes slopes;

  /**
   * Gradients on the way back; d names the gradient of the loss by what {@link Activations} has.
   */
  private record Slopes(
      Tensor dResidual, Tensor dInput, Tensor dQkv, Tensor dGateUp, Tensor dGated) {}

  /** A network of these weights for batches of so many windows. */
  Network(HostTensors ops, LladaArchitecture shape, Weights weights, int windows, Sight sight) {
    this.shape = shape;
    this.ops = ops;
    this.gradients = new HostGradients(ops);
    this.weights = weights;
    mask = sight.mask();
    slots = sight.positions().length;
    int rows = windows * slots;
    attention =
        new AttentionShape(
            windows, slots, shape.heads(), shape.keyHeads(), shape.headSize(), sight.causal());
    positions = IntStream.range(0, rows).map(row -> sight.positions()[row % slots]).toArray();
    layers =
        IntStream.range(0, shape.layers())
            .mapToObj(i -> Activations.allocate(ops, shape, rows))
            .toList();
    times = ops.allocate(rows, TimeFeatures.COUNT);
    output = ops.allocate(rows, shape.width());
    gathered = ops.allocate(rows, shape.width());
    normed = ops.allocate(rows, shape.width());
    logits = ops.allocate(rows, shape.vocabulary());
    dGathered = ops.allocate(rows, shape.width());
    dNormed = ops.allocate(rows, shape.width());
    slopes =
        new Slopes(
            ops.allocate(rows, shape.width()),
            ops.allocate(rows, shape.width()),
            ops.allocate(rows, attention.columns()),
            ops.allocate(rows, 2 * shape.hidden()),
            ops.allocate(rows, shape.hidden()));
  }

  /**
   * Cross-entropies, in nats, of the batch's targets.
   *
   * @return one for each of {@code batch.rows()}
   */
  float[] losses(Batch batch) {
    forward(batch);
    int count = batch.rows().length;
    return gradients.crossEntropy(ops.firstRows(logits, count), batch.targets(), batch.weights());
  }

  /** The same, and writes the gradient of their weighted sum to every parameter. */
  float[] lossesAndGradients(Batch batch) {
    float[] losses = losses(batch);
    weights.all().forEach(parameter -> gradients.clear(parameter.gradient()));
    backwardHead(batch);
    for (int i = layers.size() - 1; i >= 0; i--) {
      backwardFeed(weights.layers().get(i), layers.get(i));
      backwardAttention(weights.layers().get(i), layers.get(i));
    }
    gradients.embed(batch.ids(), slopes.dResidual(), weights.table().gradient());
    weights
        .time()
        .ifPresent(time -> gradients.linearWeight(slopes.dResidual(), times, time.gradient()));
    return losses;
  }

  private void forward(Batch batch) {
    ops.embed(weights.table().weight(), batch.ids(), layers.getFirst().input());
    weights.time().ifPresent(time -> tell(batch.times(), time));
    for (int i = 0; i < layers.size(); i++) {
      Tensor next = i + 1 < layers.size() ? layers.get(i + 1).input() : output;
      forward(weights.layers().get(i), layers.get(i), next);
    }
    int count = batch.rows().length;
    Tensor rows = ops.firstRows(gathered, count);
    ops.gather(output, batch.rows(), rows);
    Tensor input = ops.firstRows(normed, count);
    ops.rmsNorm(rows, weights.norm().weight(), shape.epsilon(), input);
    Tensor scores = ops.firstRows(logits, count);
    ops.linear(input, weights.head().weight(), scores);
    for (int i = 0; i < batch.evidence().length; i++) {
      ops.add(scores, i, batch.ids()[batch.rows()[i]], batch.evidence()[i]);
    }
  }

  /** Adds the windows' times to their embeddings. */
  private void tell(double[] windows, Parameter time) {
    float[] features = new float[positions.length * TimeFeatures.COUNT];
    for (int window = 0; window < windows.length; window++) {
      float[] of = TimeFeatures.of(windows[window]);
      for (int row = window * slots; row < (window + 1) * slots; row++) {
        System.arraycopy(of, 0, features, row * of.length, of.length);
      }
    }
    ops.write(times, 0, features);
    ops.linearAdd(times, time.weight(), layers.getFirst().input());
  }

  private void forward(Weights.Layer w, Activations a, Tensor next) {
    ops.rmsNorm(a.input(), w.attentionNorm().weight(), shape.epsilon(), a.attentionInput());
    ops.linear(a.attentionInput(), w.qkv().weight(), a.qkv());
    ops.rotary(a.qkv(), attention, positions, shape.theta());
    ops.attention(a.qkv(), attention, mask, a.mixed());
    gradients.copy(a.input(), a.middle());
    ops.linearAdd(a.mixed(), w.attentionOut().weight(), a.middle());
    ops.rmsNorm(a.middle(), w.feedNorm().weight(), shape.epsilon(), a.feedInput());
    ops.linear(a.feedInput(), w.gateUp().weight(), a.gateUp());
    ops.swiglu(a.gateUp(), a.gated());
    gradients.copy(a.middle(), next);
    ops.linearAdd(a.gated(), w.down().weight(), next);
  }

  private void backwardHead(Batch batch) {
    int count = batch.rows().length;
    Tensor dLogits = ops.firstRows(logits, count);
    Tensor dInput = ops.firstRows(dNormed, count);
    Tensor dRows = ops.firstRows(dGathered, count);
    gradients.linearWeight(dLogits, ops.firstRows(normed, count), weights.head().gradient());
    gradients.linearInput(dLogits, weights.head().weight(), dInput);
    gradients.clear(dRows);
    Parameter norm = weights.norm();
    Tensor rows = ops.firstRows(gathered, count);
    gradients.rmsNorm(rows, norm.weight(), shape.epsilon(), dInput, dRows, norm.gradient());
    gradients.gather(batch.rows(), dRows, slopes.dResidual());
  }

  private void backwardFeed(Weights.Layer w, Activations a) {
    gradients.linearWeight(slopes.dResidual(), a.gated(), w.down().gradient());
    gradients.linearInput(slopes.dResidual(), w.down().weight(), slopes.dGated());
    gradients.swiglu(a.gateUp(), slopes.dGated(), slopes.dGateUp());
    backwardInput(slopes.dGateUp(), w.gateUp(), a.feedInput(), w.feedNorm(), a.middle());
  }

  private void backwardAttention(Weights.Layer w, Activations a) {
    gradients.linearWeight(slopes.dResidual(), a.mixed(), w.attentionOut().gradient());
    gradients.linearInput(slopes.dResidual(), w.attentionOut().weight(), slopes.dInput());
    gradients.attention(a.qkv(), attention, mask, slopes.dInput(), slopes.dQkv());
    gradients.rotary(slopes.dQkv(), attention, positions, shape.theta());
    backwardInput(slopes.dQkv(), w.qkv(), a.attentionInput(), w.attentionNorm(), a.input());
  }

  /** Back through out = norm(residual) · weightᵀ, into the residual stream's gradient. */
  private void backwardInput(
      Tensor dOut, Parameter weight, Tensor input, Parameter norm, Tensor residual) {
    gradients.linearWeight(dOut, input, weight.gradient());
    gradients.linearInput(dOut, weight.weight(), slopes.dInput());
    gradients.rmsNorm(
        residual,
        norm.weight(),
        shape.epsilon(),
        slopes.dInput(),
        slopes.dResidual(),
        norm.gradient());
  }
}
