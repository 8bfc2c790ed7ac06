package dev.unmask.engine.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparseTransitionTest {
  private static final Offset<Double> CLOSE = within(1e-12);

  /** A ring of five tokens with one stronger tie, and a sixth that is joined to none. */
  private static final SparseRates RATES = rates();

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-4, 0.7, 6.9, 250, Double.POSITIVE_INFINITY})
  void itsRowsAreThoseOfTheStoredMatrix(double sigma) {
    Transition dense = new RateMatrix(RATES.dense()).exponential(sigma);
    Transition sparse = new SparseTransition(RATES, sigma);
    for (int token = 0; token < RATES.size(); token++) {
      assertThat(sparse.row(token)).containsExactly(dense.row(token), CLOSE);
      assertThat(sparse.column(token)).containsExactly(dense.column(token), CLOSE);
      assertThat(sparse.entropy(token)).isCloseTo(dense.entropy(token), CLOSE);
    }
  }

  @Test
  void exponentsAddUp() {
    Transition both = new SparseTransition(RATES, 0.3).then(new SparseTransition(RATES, 0.4));
    assertThat(both.row(1)).containsExactly(new SparseTransition(RATES, 0.7).row(1), CLOSE);
  }

  @Test
  void whatItDidCanBeUndone() {
    double[] start = {0.1, 0.4, 0, 0.2, 0.1, 0.2};
    Transition transition = new SparseTransition(RATES, 1.2);
    assertThat(transition.undo(transition.apply(start))).containsExactly(start, CLOSE);
  }

  @Test
  void ofManyTokensOnlyRowsAreComputedAndTheMaskIsLeftAlone() {
    double[][] circle =
        IntStream.range(0, 200)
            .mapToObj(i -> new double[] {Math.cos(i * Math.PI / 100), Math.sin(i * Math.PI / 100)})
            .toArray(double[][]::new);
    Transition transition = NearestNeighbourKernel.of(circle, 2, 7).exponential(1);
    assertThat(transition).isInstanceOf(SparseTransition.class);
    double[] row = transition.row(50);
    assertThat(Arrays.stream(row).sum()).isCloseTo(1, CLOSE);
    assertThat(row[51]).isCloseTo(row[49], CLOSE).isGreaterThan(row[52]);
    assertThat(transition.row(6)[7]).isZero();
    assertThat(transition.row(7)[7]).isCloseTo(1, CLOSE);
  }

  private static SparseRates rates() {
    List<TreeMap<Integer, Double>> rows =
        IntStream.range(0, 6).mapToObj(_ -> new TreeMap<Integer, Double>()).toList();
    for (int token = 0; token < 5; token++) {
      double rate = token == 2 ? 3 : 0.5;
      rows.get(token).put((token + 1) % 5, rate);
      rows.get((token + 1) % 5).put(token, rate);
    }
    return new SparseRates(rows);
  }
}
