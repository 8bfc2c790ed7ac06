package dev.unmask.engine.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.InputException;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DiscreteProcessTest {
  private static final Offset<Double> CLOSE = within(1e-13);
  private static final double[] BETAS = {0.2, 0.5, 0.3};
  private static final int STEPS = BETAS.length;

  /** p(x_0). */
  private static final double[] CLEAN = {0.1, 0.6, 0, 0.3};

  @ParameterizedTest
  @MethodSource("dev.unmask.engine.noise.Kernels#all")
  void theProductOfTheStepsIsTheCumulativeMatrix(Kernel kernel) {
    DiscreteProcess process = DiscreteProcess.of(kernel, BETAS);
    double[][] product = Kernels.entries(kernel.identity());
    for (int t = 1; t <= STEPS; t++) {
      product = Kernels.product(product, Kernels.entries(kernel.step(BETAS[t - 1])));
      for (int token = 0; token < Kernels.SIZE; token++) {
        assertThat(process.marginal(token, t)).containsExactly(product[token], CLOSE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.unmask.engine.noise.Kernels#all")
  void thePosteriorIsBayesOverEveryPath(Kernel kernel) {
    DiscreteProcess process = DiscreteProcess.of(kernel, BETAS);
    for (int t = 1; t <= STEPS; t++) {
      for (int clean = 0; clean < Kernels.SIZE; clean++) {
        for (int noisy = 0; noisy < Kernels.SIZE; noisy++) {
          double[] joint = paths(process, clean, t, noisy);
          if (Kernels.sum(joint) > 0) {
            assertThat(process.posterior(t).given(noisy, clean))
                .containsExactly(divided(joint), CLOSE);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.unmask.engine.noise.Kernels#all")
  void bothSumsOverCleanTokensAreBayesWithTheRowsTheyNeed(Kernel kernel) {
    DiscreteProcess process = DiscreteProcess.of(kernel, BETAS);
    for (int t = 1; t <= STEPS; t++) {
      for (int noisy = 0; noisy < Kernels.SIZE; noisy++) {
        double[] joint = new double[Kernels.SIZE];
        double[] given = new double[Kernels.SIZE];
        for (int clean = 0; clean < Kernels.SIZE; clean++) {
          double[] paths = paths(process, clean, t, noisy);
          given[clean] = CLEAN[clean] * Kernels.sum(paths);
          for (int token = 0; token < Kernels.SIZE; token++) {
            joint[token] += CLEAN[clean] * paths[token];
          }
        }
        if (Kernels.sum(joint) > 0) {
          Posterior posterior = process.posterior(t);
          assertThat(posterior.ofLeaveOneOut(noisy, CLEAN)).containsExactly(divided(joint), CLOSE);
          assertThat(posterior.ofClean(noisy, divided(given)))
              .containsExactly(divided(joint), CLOSE);
        }
      }
    }
  }

  @Test
  void aMaskStaysWithTheChanceOfContinuousTime() {
    AlphaSchedule schedule = new AlphaSchedule.LogLinear(1e-3);
    RateKernel kernel = new RateKernel.Absorbing(Kernels.SIZE, 2);
    double s = 0.4;
    double t = 0.7;
    Posterior posterior =
        Posterior.of(
            kernel.exponential(schedule.sigma(s)),
            kernel.exponential(schedule.sigma(t) - schedule.sigma(s)));
    double unmask = (schedule.alpha(s) - schedule.alpha(t)) / (1 - schedule.alpha(t));
    assertThat(posterior.ofClean(2, CLEAN))
        .containsExactly(
            new double[] {0.1 * unmask, 0.6 * unmask, 1 - unmask, 0.3 * unmask}, CLOSE);
    assertThat(posterior.given(1, 1)).containsExactly(0, 1, 0, 0);
  }

  @Test
  void refusesAPairThatCannotBe() {
    Posterior posterior =
        DiscreteProcess.of(new RateKernel.Absorbing(Kernels.SIZE, 2), BETAS).posterior(1);
    assertThatThrownBy(() -> posterior.given(1, 0)).isInstanceOf(InputException.class);
  }

  /** q(x_{t−1}, x_t = noisy | x_0 = clean) for each x_{t−1}, by walking every path. */
  private static double[] paths(DiscreteProcess process, int clean, int t, int noisy) {
    return IntStream.range(0, Kernels.SIZE)
        .mapToDouble(
            before ->
                walk(process, clean, before, t - 1) * process.step(t).probability(before, noisy))
        .toArray();
  }

  private static double walk(DiscreteProcess process, int from, int to, int steps) {
    if (steps == 0) {
      return from == to ? 1 : 0;
    }
    return IntStream.range(0, Kernels.SIZE)
        .mapToDouble(
            middle ->
                walk(process, from, middle, steps - 1)
                    * process.step(steps).probability(middle, to))
        .sum();
  }

  private static double[] divided(double[] weights) {
    double sum = Kernels.sum(weights);
    return IntStream.range(0, weights.length).mapToDouble(i -> weights[i] / sum).toArray();
  }
}
