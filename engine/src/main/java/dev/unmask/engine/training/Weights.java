package dev.unmask.engine.training;

import dev.unmask.engine.denoiser.transformer.LladaArchitecture;
import dev.unmask.engine.denoiser.transformer.TimeFeatures;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The parameters of a transformer, matrices that read the same input fused into one. */
final class Weights {
  /**
   * The parameters of a layer.
   *
   * @param qkv queries, keys and values, one below the other
   * @param gateUp gates and ups, one below the other
   */
  record Layer(
      Parameter attentionNorm,
      Parameter qkv,
      Parameter attentionOut,
      Parameter feedNorm,
      Parameter gateUp,
      Parameter down) {
    Stream<Parameter> all() {
      return Stream.of(attentionNorm, qkv, attentionOut, feedNorm, gateUp, down);
    }
  }

  private final Parameter table;
  private final List<Layer> layers;
  private final Parameter norm;
  private final Parameter head;
  private final Optional<Parameter> time;

  /** All zero. */
  Weights(HostTensors ops, LladaArchitecture shape) {
    table = Parameter.table(ops, "table", shape.vocabulary(), shape.width());
    layers = IntStream.range(0, shape.layers()).mapToObj(i -> layer(ops, shape, i)).toList();
    norm = Parameter.gain(ops, "norm", shape.width());
    head = shape.tied() ? table : Parameter.table(ops, "head", shape.vocabulary(), shape.width());
    time =
        shape.timed()
            ? Optional.of(Parameter.table(ops, "time", shape.width(), TimeFeatures.COUNT))
            : Optional.empty();
  }

  private static Layer layer(HostTensors ops, LladaArchitecture shape, int index) {
    String name = "layers." + index + ".";
    int width = shape.width();
    // Parts must be equally high: with fewer key heads, as high as the keys.
    int qkvRows = width + 2 * shape.keyWidth();
    return new Layer(
        Parameter.gain(ops, name + "attention_norm", width),
        Parameter.hidden(ops, name + "qkv", qkvRows, width, qkvRows / shape.keyWidth()),
        Parameter.hidden(ops, name + "attention_out", width, width, 1),
        Parameter.gain(ops, name + "feed_norm", width),
        Parameter.hidden(ops, name + "gate_up", 2 * shape.hidden(), width, 2),
        Parameter.hidden(ops, name + "down", width, shape.hidden(), 1));
  }

  Parameter table() {
    return table;
  }

  List<Layer> layers() {
    return layers;
  }

  Parameter norm() {
    return norm;
  }

  Parameter head() {
    return head;
  }

  Optional<Parameter> time() {
    return time;
  }

  /** Every parameter once, in a fixed order. */
  List<Parameter> all() {
    List<Parameter> all = new ArrayList<>();
    all.add(table);
    layers.forEach(layer -> layer.all().forEach(all::add));
    all.add(norm);
    if (head != table) {
      all.add(head);
    }
    time.ifPresent(all::add);
    return List.copyOf(all);
  }
}
