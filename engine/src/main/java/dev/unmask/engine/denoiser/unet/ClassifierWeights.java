package dev.unmask.engine.denoiser.unet;

import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.Parameter;

/** The parameters of a {@link Classifier}. */
public final class ClassifierWeights extends NetworkWeights {
  private final Parameter norm;
  private final Parameter head;

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
