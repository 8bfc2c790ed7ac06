package dev.unmask.engine.noise;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;

/**
 * Noise in T steps: x_0 is clean and x_t follows x_{t−1} by Q_t, t = 1 … T (<a
 * href="https://arxiv.org/abs/2107.03006">D3PM</a>, section 3). Any thread may ask.
 */
public final class DiscreteProcess {
  private final int steps;
  private final IntFunction<Transition> step;

  /** Of Q̄_0 … Q̄_T. */
  private final IntFunction<Transition> cumulative;

  private DiscreteProcess(
      int steps, IntFunction<Transition> step, IntFunction<Transition> cumulative) {
    this.steps = steps;
    this.step = step;
    this.cumulative = cumulative;
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
    return new DiscreteProcess(betas.length, t -> steps.get(t - 1), cumulative::get);
  }

  /** Of continuous time, seen at t/T; nothing is computed before it is asked for. */
  public static DiscreteProcess of(ContinuousProcess process, int steps) {
    return new DiscreteProcess(
        steps,
        remembered(steps, t -> process.between((t - 1.0) / steps, (double) t / steps)),
        remembered(steps, t -> process.through((double) t / steps)));
  }

  /**
   * Of a kernel whose steps are exponentials, so that their product is one too: no matrices are
   * multiplied.
   *
   * @param betas the schedule, [T]
   */
  public static DiscreteProcess ofExponentials(RateKernel kernel, double[] betas) {
    double[] sigma = new double[betas.length + 1];
    for (int t = 1; t < sigma.length; t++) {
      sigma[t] = sigma[t - 1] - StrictMath.log1p(-betas[t - 1]);
    }
    return new DiscreteProcess(
        betas.length,
        remembered(betas.length, t -> kernel.step(betas[t - 1])),
        remembered(betas.length, t -> kernel.exponential(sigma[t])));
  }

  /** Two threads that ask for the same at once may both compute it. */
  private static IntFunction<Transition> remembered(int steps, IntFunction<Transition> compute) {
    AtomicReferenceArray<Transition> known = new AtomicReferenceArray<>(steps + 1);
    return t -> {
      Transition transition = known.get(t);
      if (transition == null) {
        transition = compute.apply(t);
        known.set(t, transition);
      }
      return transition;
    };
  }

  /** T. */
  public int steps() {
    return steps;
  }

  /** Q_t, that is q(x_t | x_{t−1}), t from 1. */
  public Transition step(int t) {
    return step.apply(t);
  }

  /** Q̄_t = Q_1 Q_2 … Q_t, that is q(x_t | x_0), t from 0. */
  public Transition through(int t) {
    return cumulative.apply(t);
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
