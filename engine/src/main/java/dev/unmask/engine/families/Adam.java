package dev.unmask.engine.families;

import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.HostUpdates;
import dev.unmask.engine.tensor.HostUpdates.Adaptive;
import dev.unmask.engine.tensor.HostUpdates.Size;
import dev.unmask.engine.tensor.Parameter;
import dev.unmask.engine.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;

/** Adam (https://arxiv.org/abs/1412.6980) for some parameters, and what it remembers of them. */
final class Adam {
  /** The share of the steps, the last ones, in which the rate falls to nothing. */
  private static final double COOL_DOWN = 0.3;

  private static final int WARM_UP = 20;

  private final HostUpdates updates;
  private final List<Adaptive> weights;

  Adam(HostTensors ops, List<Parameter> parameters) {
    updates = new HostUpdates(ops);
    weights =
        parameters.stream()
            .map(
                each ->
                    new Adaptive(
                        each.weight(),
                        each.gradient(),
                        ops.allocate(each.rows(), each.columns()),
                        ops.allocate(each.rows(), each.columns())))
            .toList();
  }

  /** What is learned, and what is remembered of it. */
  Stream<Tensor> numbers() {
    return weights.stream().flatMap(each -> Stream.of(each.weight(), each.mean(), each.square()));
  }

  /**
   * One update of all.
   *
   * @param step how many there were before
   */
  void update(int step, double rate) {
    for (Adaptive weight : weights) {
      updates.adamW(weight, step + 1, new Size((float) rate, 0, 1));
    }
  }

  /**
   * Up at first, level, and down to nothing at the end.
   *
   * @param step from 0
   */
  static double rate(double peak, int step, int steps) {
    double up = (step + 1.0) / WARM_UP;
    double down = (steps - step) / (COOL_DOWN * steps);
    return peak * Math.min(1, Math.min(up, down));
  }
}
