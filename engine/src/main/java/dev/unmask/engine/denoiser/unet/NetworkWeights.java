package dev.unmask.engine.denoiser.unet;

import dev.unmask.engine.denoiser.CheckpointTensors;
import dev.unmask.engine.safetensors.ElementType;
import dev.unmask.engine.safetensors.Entry;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.ImageOps;
import dev.unmask.engine.tensor.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The parameters of a network of convolutions and attention, in the order they were added. */
public abstract sealed class NetworkWeights permits UNetWeights, ClassifierWeights {
  record Convolution(Parameter norm, Parameter gateUp, Parameter down) {}

  record Attention(Parameter norm, Parameter qkv, Parameter out) {}

  /**
   * Of a network's first half.
   *
   * @param stem from pixels to the fine level
   * @param merge from the fine level to the coarse one
   */
  record Encoder(
      Parameter stem,
      List<Convolution> fine,
      Parameter merge,
      List<Convolution> coarse,
      Attention attention) {}

  private final HostTensors ops;
  private final UNetShape shape;
  private final List<Parameter> all = new ArrayList<>();
  private final Encoder encoder;

  NetworkWeights(HostTensors ops, UNetShape shape) {
    this.ops = ops;
    this.shape = shape;
    encoder =
        new Encoder(
            table("stem", shape.fine(), 4 * shape.channels()),
            convolutions("before.", shape.fine()),
            hidden("merge", shape.coarse(), 4 * shape.fine(), 1),
            convolutions("coarse.", shape.coarse()),
            attention(shape.coarse()));
  }

  private Parameter add(Parameter parameter) {
    all.add(parameter);
    return parameter;
  }

  final Parameter table(String name, int rows, int columns) {
    return add(Parameter.table(ops, name, rows, columns));
  }

  final Parameter hidden(String name, int rows, int columns, int parts) {
    return add(Parameter.hidden(ops, name, rows, columns, parts));
  }

  final Parameter gain(String name, int columns) {
    return add(Parameter.gain(ops, name, columns));
  }

  final List<Convolution> convolutions(String name, int channels) {
    int around = ImageOps.neighbourhood(channels) + shape.features();
    return IntStream.range(0, shape.blocks())
        .mapToObj(
            i ->
                new Convolution(
                    gain(name + i + ".norm", channels),
                    hidden(name + i + ".gate_up", 2 * channels, around, 2),
                    hidden(name + i + ".down", channels, channels, 1)))
        .toList();
  }

  private Attention attention(int channels) {
    return new Attention(
        gain("attention.norm", channels),
        hidden("attention.qkv", 3 * channels, channels, 3),
        hidden("attention.out", channels, channels, 1));
  }

  /**
   * Checks those tensors that all sizes follow from, before memory is taken.
   *
   * @throws dev.unmask.engine.InputException if these are not tensors of this shape
   */
  static void check(UNetShape shape, SafetensorsFile file, HostTensors ops) {
    List<Entry> sizes = new ArrayList<>();
    sizes.add(entry("stem", shape.fine(), 4L * shape.channels()));
    sizes.add(entry("merge", shape.coarse(), 4L * shape.fine()));
    for (int i = 0; i < shape.blocks(); i++) {
      long around = ImageOps.neighbourhood(shape.coarse()) + (long) shape.features();
      sizes.add(entry("coarse." + i + ".gate_up", 2L * shape.coarse(), around));
    }
    CheckpointTensors.of(file, ops).check(sizes, file.entries().keySet());
  }

  private static Entry entry(String name, long... sizes) {
    return new Entry(name, ElementType.F32, sizes);
  }

  /**
   * Fills them.
   *
   * @throws dev.unmask.engine.InputException if these are not tensors of this shape
   */
  public final void load(SafetensorsFile file) {
    List<Entry> entries = all.stream().map(NetworkWeights::entry).toList();
    CheckpointTensors.of(file, ops).check(entries, Set.of());
    all.forEach(p -> ops.write(p.weight(), 0, file.floats(p.name())));
  }

  private static Entry entry(Parameter p) {
    return p.isGain() ? entry(p.name(), p.columns()) : entry(p.name(), p.rows(), p.columns());
  }

  /** The shape that they are for. */
  public final UNetShape shape() {
    return shape;
  }

  /** Every parameter once, in a fixed order. */
  public final List<Parameter> all() {
    return List.copyOf(all);
  }

  final Encoder encoder() {
    return encoder;
  }
}
