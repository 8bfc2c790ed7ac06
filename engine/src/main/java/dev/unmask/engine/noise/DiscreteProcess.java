package dev.unmask.engine.noise;

import java.util.ArrayList;
import java.util.List;

/**
 * Noise in T steps: x_0 is clean and x_t follows x_{t−1} by Q_t, t = 1 … T (<a
 * href="https://arxiv.org/abs/2107.03006">D3PM</a>, section 3).
 */
public final class DiscreteProcess {
  private final List<Transition> steps;

  /** Q̄_0 … Q̄_T. */
  private final List<Transition> cumulative;

  private DiscreteProcess(List<Transition> steps, List<Transition> cumulative) {
    this.steps = List.copyOf(steps);
    this.cumulative = List.copyOf(cumulative);
  }

  /**
   * Of a kernel.
   *
   * @param betas the schedule, [T]
   */
  public static DiscreteProcess of(Kernel kernel, double[] betas) {
    List<Transition> steps = new ArrayList<>();
    List<Transition> cumulative = new ArrayList<>();
    cumulative.add(kernel.identity());
    for (double beta : betas) {
      steps.add(kernel.step(beta));
      cumulative.add(cumulative.getLast().then(steps.getLast()));
    }
    return new DiscreteProcess(steps, cumulative);
  }

  /** T. */
  public int steps() {
    return steps.size();
  }

  /** Q_t, that is q(x_t | x_{t−1}), t from 1. */
  public Transition step(int t) {
    return steps.get(t - 1);
  }

  /** Q̄_t = Q_1 Q_2 … Q_t, that is q(x_t | x_0), t from 0. */
  public Transition through(int t) {
    return cumulative.get(t);
  }

  /** q(x_t | x_0), [V]. */
  public double[] marginal(int clean, int t) {
    return through(t).row(clean);
  }

  /** q(x_{t−1} | x_t, x_0), t from 1. */
  public Posterior posterior(int t) {
    return new Posterior(through(t - 1), step(t), through(t));
  }
}
