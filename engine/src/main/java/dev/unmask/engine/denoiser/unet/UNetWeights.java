package dev.unmask.engine.denoiser.unet;

import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.Parameter;
import java.util.List;

/** The parameters of a U-Net. */
public final class UNetWeights extends NetworkWeights {
  private final Parameter split;
  private final List<Convolution> after;
  private final Parameter norm;
  private final Parameter head;

  /**
   * Those of a file.
   *
   * @throws dev.unmask.engine.InputException if its tensors are not of this shape
   */
  public UNetWeights(HostTensors ops, UNetShape shape, SafetensorsFile file) {
    check(shape, file, ops);
    this(ops, shape);
    load(file);
  }

  /** All zero. */
  public UNetWeights(HostTensors ops, UNetShape shape) {
    super(ops, shape);
    split = hidden("split", 4 * shape.fine(), shape.coarse(), 1);
    after = convolutions("after.", shape.fine());
    norm = gain("norm", shape.fine());
    head = table("head", 4 * shape.channels(), shape.fine());
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
