package dev.unmask.engine.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.InputException;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NearestNeighbourKernelTest {
  private static final Offset<Double> CLOSE = within(1e-13);

  @Test
  void neighboursMoveToEachOtherAtTheRateOfTheirEdges() {
    // 0 and 1 are each other's nearest, 2 and 3 as well: two pairs with rate 1 each way.
    RateKernel kernel = NearestNeighbourKernel.of(Kernels.EMBEDDINGS, 1);
    double stay = (1 + Math.exp(-2 * 0.4)) / 2;
    assertThat(kernel.exponential(0.4).row(0))
        .containsExactly(new double[] {stay, 1 - stay, 0, 0}, CLOSE);
    assertThat(kernel.exponential(0.4).row(3))
        .containsExactly(new double[] {0, 0, 1 - stay, stay}, CLOSE);
  }

  @Test
  void anEdgeThatOnlyOneEndChoseIsHalfAsFast() {
    // 2 chooses 1, while 0 and 1 choose each other.
    RateKernel kernel = NearestNeighbourKernel.of(new double[][] {{1, 0}, {1, 0.1}, {1, 1}}, 1);
    double small = 1e-6;
    Transition step = kernel.exponential(small);
    assertThat(step.probability(0, 1) / small).isCloseTo(1, within(1e-5));
    assertThat(step.probability(2, 1) / small).isCloseTo(0.5, within(1e-5));
    assertThat(step.probability(1, 2)).isCloseTo(step.probability(2, 1), CLOSE);
    assertThat(step.probability(0, 2) / small).isCloseTo(0, within(1e-5));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 0.3, 1, 2.5, 40, 1e6})
  void timesAddUp(double sigma) {
    RateKernel kernel = NearestNeighbourKernel.of(Kernels.EMBEDDINGS, 2);
    Transition twice = kernel.exponential(sigma).then(kernel.exponential(sigma));
    for (int token = 0; token < Kernels.SIZE; token++) {
      assertThat(kernel.exponential(2 * sigma).row(token)).containsExactly(twice.row(token), CLOSE);
    }
  }

  @Test
  void endlessTimeIsWhereLongTimeTends() {
    for (int neighbours = 1; neighbours < Kernels.SIZE; neighbours++) {
      RateKernel kernel = NearestNeighbourKernel.of(Kernels.EMBEDDINGS, neighbours);
      for (int token = 0; token < Kernels.SIZE; token++) {
        assertThat(kernel.exponential(Double.POSITIVE_INFINITY).row(token))
            .containsExactly(kernel.exponential(1000).row(token), CLOSE);
      }
    }
  }

  @Test
  void theMaskIsNobodysNeighbour() {
    double[][] embeddings = {{1, 0}, {1, 0.1}, {1, 0.01}, {1, 1}, {0.9, 1}};
    RateKernel kernel = NearestNeighbourKernel.of(embeddings, 3, 2);
    assertThat(kernel.stationary()).containsExactly(0.25, 0.25, 0, 0.25, 0.25);
    assertThat(kernel.exponential(Double.POSITIVE_INFINITY).row(0))
        .containsExactly(kernel.stationary(), CLOSE);
    assertThatThrownBy(() -> NearestNeighbourKernel.of(embeddings, 4, 2))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("from 1 to 3");
  }
}
