package dev.unmask.engine.training;

import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.HostUpdates;
import dev.unmask.engine.tensor.HostUpdates.Adaptive;
import dev.unmask.engine.tensor.HostUpdates.Orthogonal;
import dev.unmask.engine.tensor.HostUpdates.Size;
import dev.unmask.engine.tensor.Parameter;
import dev.unmask.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Muon for hidden matrices, AdamW for the rest, and what they remember between steps. */
final class Optimizer {
  /** The norm that all gradients together are cut down to. */
  private static final double GREATEST_NORM = 1;

  /** Muon's learning rate, in AdamW's. */
  private static final double MUON_RATE = 2;

  private record Plain(Parameter parameter, Adaptive state) {}

  private final HostUpdates updates;
  private final List<Parameter> parameters;
  private final List<Orthogonal> hidden = new ArrayList<>();
  private final List<Plain> plain = new ArrayList<>();
  private final SequencedMap<String, Tensor> memory = new LinkedHashMap<>();

  Optimizer(HostTensors ops, List<Parameter> parameters) {
    this.updates = new HostUpdates(ops);
    this.parameters = parameters;
    for (Parameter p : parameters) {
      if (p.isHidden()) {
        Tensor momentum = remember(ops, p, "momentum.");
        hidden.add(new Orthogonal(p.weight(), p.gradient(), momentum, p.parts()));
      } else {
        Tensor mean = remember(ops, p, "mean.");
        Tensor square = remember(ops, p, "square.");
        plain.add(new Plain(p, new Adaptive(p.weight(), p.gradient(), mean, square)));
      }
    }
  }

  private Tensor remember(HostTensors ops, Parameter parameter, String prefix) {
    Tensor tensor = ops.allocate(parameter.rows(), parameter.columns());
    memory.put(prefix + parameter.name(), tensor);
    return tensor;
  }

  /** What it remembers, by name. */
  SequencedMap<String, Tensor> memory() {
    return memory;
  }

  /**
   * One update of all parameters by their gradients.
   *
   * @param step from 0
   * @param rate AdamW's learning rate
   */
  void update(int step, double rate) {
    double squares = parameters.stream().mapToDouble(p -> updates.squaredSum(p.gradient())).sum();
    float scale = (float) Math.min(1, GREATEST_NORM / Math.sqrt(squares));
    for (Plain p : plain) {
      updates.adamW(p.state(), step + 1, new Size((float) rate, p.parameter().decay(), scale));
    }
    updates.muon(hidden, new Size((float) (MUON_RATE * rate), Parameter.HIDDEN_DECAY, scale));
  }
}
