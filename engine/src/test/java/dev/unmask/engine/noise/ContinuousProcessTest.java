package dev.unmask.engine.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContinuousProcessTest {
  private static final Offset<Double> CLOSE = within(1e-14);

  static Stream<ContinuousProcess> processes() {
    return Stream.concat(
        Kernels.rates().map(kernel -> new RateProcess(kernel, new AlphaSchedule.LogLinear(1e-3))),
        Stream.of(
            new HybridProcess(Kernels.SIZE, 1, 0.2, 1, 20),
            new HybridProcess(Kernels.SIZE, 3, 0, 0.5, 20)));
  }

  @ParameterizedTest
  @MethodSource("processes")
  void whatIsNoisedUntilSAndThenUntilTIsNoisedUntilT(ContinuousProcess process) {
    double[][] twice = Kernels.entries(process.through(0.3).then(process.between(0.3, 0.8)));
    double[][] once = Kernels.entries(process.through(0.8));
    for (int token = 0; token < Kernels.SIZE; token++) {
      assertThat(twice[token]).containsExactly(once[token], CLOSE);
      assertThat(Arrays.stream(once[token]).sum()).isCloseTo(1, CLOSE);
    }
  }

  @ParameterizedTest
  @MethodSource("processes")
  void noNoiseKeepsEveryToken(ContinuousProcess process) {
    assertThat(process.identity().row(2)).containsExactly(0, 0, 1, 0);
    assertThat(process.between(0.4, 0.4).row(0)).containsExactly(new double[] {1, 0, 0, 0}, CLOSE);
  }

  @Test
  void hybridNoiseIsMostlyUniformInTheMiddle() {
    double[] half = new HybridProcess(5, 4, 0.2, 1, 20).through(0.5).row(0);
    assertThat(half[4]).isCloseTo(0.4, CLOSE);
    assertThat(half[1]).isCloseTo(0.05, CLOSE);
    assertThat(half[0]).isCloseTo(0.45, CLOSE);
    double[] masked = new HybridProcess(5, 4, 0, 1, 20).through(0.5).row(0);
    assertThat(masked[1]).isPositive().isLessThan(1e-8);
  }

  @Test
  void uniformNoiseCanLeaveTheMaskOut() {
    Transition transition = RateKernel.Prior.evenBut(1, 4).step(0.3);
    assertThat(transition.row(0)).containsExactly(new double[] {0.8, 0, 0.1, 0.1}, CLOSE);
  }
}
