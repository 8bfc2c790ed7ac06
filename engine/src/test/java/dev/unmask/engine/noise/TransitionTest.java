package dev.unmask.engine.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.InputException;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransitionTest {
  private static final Offset<Double> CLOSE = within(1e-14);

  static Stream<Transition> transitions() {
    return Stream.concat(
        Kernels.all().flatMap(kernel -> Stream.of(kernel.identity(), kernel.step(0.3))),
        Kernels.rates().map(kernel -> kernel.step(1)));
  }

  @ParameterizedTest
  @MethodSource("transitions")
  void rowsSumToOne(Transition transition) {
    for (double[] row : Kernels.entries(transition)) {
      assertThat(Kernels.sum(row)).isCloseTo(1, CLOSE);
      assertThat(Arrays.stream(row).min().getAsDouble()).isNotNegative();
    }
  }

  @ParameterizedTest
  @MethodSource("transitions")
  void rowsAndColumnsAreThoseOfTheMatrix(Transition transition) {
    double[][] entries = Kernels.entries(transition);
    for (int token = 0; token < Kernels.SIZE; token++) {
      int at = token;
      assertThat(transition.row(token)).containsExactly(entries[token], CLOSE);
      assertThat(transition.column(token))
          .containsExactly(Arrays.stream(entries).mapToDouble(row -> row[at]).toArray(), CLOSE);
    }
  }

  @ParameterizedTest
  @MethodSource("transitions")
  void appliesToWeightsThatNeedNotSumToOne(Transition transition) {
    double[] weights = {0.5, 0, 2, 0.25};
    double[][] entries = Kernels.entries(transition);
    double[] expected =
        IntStream.range(0, Kernels.SIZE)
            .mapToDouble(
                to ->
                    IntStream.range(0, Kernels.SIZE)
                        .mapToDouble(from -> weights[from] * entries[from][to])
                        .sum())
            .toArray();
    assertThat(transition.apply(weights)).containsExactly(expected, CLOSE);
  }

  @ParameterizedTest
  @MethodSource("dev.unmask.engine.noise.Kernels#all")
  void undoesWhatItApplied(Kernel kernel) {
    double[] weights = {0.5, 0, 2, 0.25};
    Transition transition = kernel.step(0.3);
    assertThat(transition.undo(transition.apply(weights))).containsExactly(weights, within(1e-11));
  }

  @ParameterizedTest
  @MethodSource("transitions")
  void theEntropyIsThatOfTheRow(Transition transition) {
    for (int token = 0; token < Kernels.SIZE; token++) {
      double expected =
          -Arrays.stream(transition.row(token)).filter(p -> p > 0).map(p -> p * Math.log(p)).sum();
      assertThat(transition.entropy(token)).isCloseTo(expected, CLOSE);
    }
  }

  @Test
  void anyTwoTransitionsMultiply() {
    for (Transition first : transitions().toList()) {
      for (Transition next : transitions().toList()) {
        double[][] expected = Kernels.product(Kernels.entries(first), Kernels.entries(next));
        double[][] came = Kernels.entries(first.then(next));
        for (int token = 0; token < Kernels.SIZE; token++) {
          assertThat(came[token])
              .as("%s then %s", first, next)
              .containsExactly(expected[token], CLOSE);
        }
      }
    }
  }

  @Test
  void masksAndUniformNoiseNeedNoMatrixForAWholeVocabulary() {
    int size = 150_000;
    Transition masked = new RateKernel.Absorbing(size, 7).step(0.25);
    assertThat(masked.then(masked)).isEqualTo(new AbsorbingTransition(size, 7, 0.75 * 0.75));
    Transition drawn = new RateKernel.Uniform(size).step(0.25);
    assertThat(drawn.then(drawn)).isEqualTo(new UniformTransition(size, 0.75 * 0.75));
  }

  @ParameterizedTest
  @MethodSource("dev.unmask.engine.noise.Kernels#all")
  void endlessStepsLeadToTheStationaryDistribution(Kernel kernel) {
    Transition step = kernel.step(0.9);
    double[] p = {0.1, 0.2, 0.3, 0.4};
    for (int i = 0; i < 5000; i++) {
      p = step.apply(p);
    }
    assertThat(p).containsExactly(kernel.stationary(), within(1e-9));
    assertThat(step.apply(kernel.stationary())).containsExactly(kernel.stationary(), CLOSE);
  }

  @Test
  void refusesWhatNoKernelCanDo() {
    assertThatThrownBy(() -> new RateKernel.Uniform(4).step(1.5))
        .isInstanceOf(InputException.class)
        .hasMessage("The schedule's beta 1.5 is no probability; give one from 0 to 1.");
    assertThatThrownBy(() -> GaussianKernel.of(4).step(0)).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> GaussianKernel.of(1)).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> new RateKernel.Absorbing(4, 4)).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> new RateKernel.Uniform(0)).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> NearestNeighbourKernel.of(Kernels.EMBEDDINGS, 4))
        .isInstanceOf(InputException.class);
    assertThatThrownBy(() -> NearestNeighbourKernel.of(new double[][] {{1}, {0}}, 1))
        .isInstanceOf(InputException.class);
  }
}
