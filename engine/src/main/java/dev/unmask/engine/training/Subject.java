package dev.unmask.engine.training;

import dev.unmask.engine.tensor.HostTensors;

/** What is trained, and on what. */
public sealed interface Subject permits TextSubject, ImageSubject {
  /**
   * Reads the data and makes a network whose weights are zero.
   *
   * @throws dev.unmask.engine.InputException if a file is wrong
   */
  Task open(HostTensors ops);

  /** What a resumed run must agree in. */
  String fingerprint();
}
