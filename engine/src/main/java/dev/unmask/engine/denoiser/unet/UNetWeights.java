package dev.unmask.engine.denoiser.unet;

import dev.unmask.engine.denoiser.CheckpointTensors;
import dev.unmask.engine.safetensors.ElementType;
import dev.unmask.engine.safetensors.Entry;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.tensor.HostPixels;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The parameters of a U-Net. */
public final class UNetWeights {
  record Convolution(Parameter norm, Parameter gateUp, Parameter down) {}

  record Attention(Parameter norm, Parameter qkv, Parameter out) {}

  private final HostTensors ops;
  private final UNetShape shape;
  private final List<Parameter> all = new ArrayList<>();
  private final Parameter stem;
  private final List<Convolution> before;
  private final Parameter merge;
  private final List<Convolution> coarse;
  private final Attention attention;
  private final Parameter split;
  private final List<Convolution> after;
  private final Parameter norm;
  private final Parameter head;

  /** All zero. */
  public UNetWeights(HostTensors ops, UNetShape shape) {
    this.ops = ops;
    this.shape = shape;
    int places = 4 * shape.channels();
    int fine = shape.fine();
    stem = add(Parameter.table(ops, "stem", fine, places));
    before = convolutions("before.", fine);
    merge = add(Parameter.hidden(ops, "merge", shape.coarse(), 4 * fine, 1));
    coarse = convolutions("coarse.", shape.coarse());
    attention = attention(shape.coarse());
    split = add(Parameter.hidden(ops, "split", 4 * fine, shape.coarse(), 1));
    after = convolutions("after.", fine);
    norm = add(Parameter.gain(ops, "norm", fine));
    head = add(Parameter.table(ops, "head", places, fine));
  }

  private Parameter add(Parameter parameter) {
    all.add(parameter);
    return parameter;
  }

  private List<Convolution> convolutions(String name, int channels) {
    int around = HostPixels.neighbourhood(channels) + shape.features();
    return IntStream.range(0, shape.blocks())
        .mapToObj(
            i ->
                new Convolution(
                    add(Parameter.gain(ops, name + i + ".norm", channels)),
                    add(Parameter.hidden(ops, name + i + ".gate_up", 2 * channels, around, 2)),
                    add(Parameter.hidden(ops, name + i + ".down", channels, channels, 1))))
        .toList();
  }

  private Attention attention(int channels) {
    return new Attention(
        add(Parameter.gain(ops, "attention.norm", channels)),
        add(Parameter.hidden(ops, "attention.qkv", 3 * channels, channels, 3)),
        add(Parameter.hidden(ops, "attention.out", channels, channels, 1)));
  }

  /**
   * Fills them.
   *
   * @throws dev.unmask.engine.InputException if these are not tensors of this shape
   */
  public void load(SafetensorsFile file) {
    List<Entry> entries = all.stream().map(UNetWeights::entry).toList();
    CheckpointTensors.of(file, ops).check(entries, Set.of());
    all.forEach(p -> ops.write(p.weight(), 0, file.floats(p.name())));
  }

  private static Entry entry(Parameter p) {
    return p.isGain()
        ? new Entry(p.name(), ElementType.F32, p.columns())
        : new Entry(p.name(), ElementType.F32, p.rows(), p.columns());
  }

  /** The shape that they are for. */
  public UNetShape shape() {
    return shape;
  }

  /** Every parameter once, in a fixed order. */
  public List<Parameter> all() {
    return List.copyOf(all);
  }

  Parameter stem() {
    return stem;
  }

  List<Convolution> before() {
    return before;
  }

  Parameter merge() {
    return merge;
  }

  List<Convolution> coarse() {
    return coarse;
  }

  Attention attention() {
    return attention;
  }

  Parameter split() {
    return split;
  }

  List<Convolution> after() {
    return after;
  }

  Parameter norm() {
    return norm;
  }

  Parameter head() {
    return head;
  }
}
