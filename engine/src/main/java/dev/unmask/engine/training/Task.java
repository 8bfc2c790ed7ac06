package dev.unmask.engine.training;

import dev.unmask.engine.random.Philox;
import dev.unmask.engine.tensor.Parameter;
import java.nio.file.Path;
import java.util.List;

/** A network and its data, as the trainer's loop sees them. */
public interface Task {
  /** Every parameter once, in a fixed order. */
  List<Parameter> parameters();

  /**
   * The loss of a batch; overwrites every parameter's gradient.
   *
   * @param random the numbers of this step
   */
  double lossAndGradients(Philox random);

  /** Writes the model, each file beside its place first. */
  void save(Path folder);

  /**
   * Fills the weights with a saved model's.
   *
   * @throws dev.unmask.engine.InputException if the folder holds none of this shape
   */
  void load(Path folder);

  /** How much data there is, in words. */
  String data();

  /** How many of {@link #unit} a batch has. */
  int batch();

  /** What the data is counted in, in the plural. */
  String unit();
}
