package dev.unmask.engine.denoiser.unet;

import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.Parameter;

/** The parameters of a {@link Classifier}. */
public final class ClassifierWeights extends NetworkWeights {
  private final Parameter norm;
  private final Parameter head;

  /**
   * Those of a file.
   *
   * @throws dev.unmask.engine.InputException if its tensors are not of this shape
   */
  public ClassifierWeights(HostTensors ops, UNetShape shape, SafetensorsFile file) {
    check(shape, file, ops);
    this(ops, shape);
    load(file);
  }

  /** All zero. */
  public ClassifierWeights(HostTensors ops, UNetShape shape) {
    super(ops, shape);
    norm = gain("norm", shape.coarse());
    head = table("head", shape.classes(), shape.coarse());
  }

  Parameter norm() {
    return norm;
  }

  Parameter head() {
    return head;
  }
}
