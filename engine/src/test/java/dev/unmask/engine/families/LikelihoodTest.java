package dev.unmask.engine.families;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.playground.DataSet;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What models say of their own density, against what is known. */
class LikelihoodTest {
  private static double[] logs(PlaneModel model, float[] places) {
    return switch (model.likelihood()) {
      case Likelihood.Exact(var logarithm) -> logarithm.at(places);
      case Likelihood.Bound(var logarithm) -> logarithm.at(places);
      case Likelihood.None() -> new double[0];
    };
  }

  private static double integral(PlaneModel model, Lattice lattice) {
    double area = lattice.cell() * lattice.cell();
    return Arrays.stream(logs(model, lattice.places())).map(log -> Math.exp(log) * area).sum();
  }

  private static double mean(double[] numbers) {
    return Arrays.stream(numbers).average().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"gaussian, 20", "flow, 150", "flow-matching, 150"})
  void anExactLikelihoodIntegratesToOneWithinItsGridsError(String family, int steps) {
    try (PlaneModel model = Trained.of(family, "two-moons", steps, Map.of())) {
      assertThat(integral(model, new Lattice(80, 5))).isCloseTo(1, within(0.01));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"xy", "yx"})
  void theBinsOfAnAutoregressiveModelSumToOneInEitherOrder(String order) {
    try (PlaneModel model = Trained.of("autoregressive", "two-moons", 50, Map.of("order", order))) {
      assertThat(integral(model, new Lattice(96, 3.5))).isCloseTo(1, within(1e-9));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"xy", "yx"})
  void theFirstCoordinateOfAnOrderIsTheOneThatTheOtherWaitsFor(String order) {
    try (PlaneModel model =
        Trained.of("autoregressive", "two-moons", 400, Map.of("order", order))) {
      PlaneFigures figures = PlaneFigures.of(model, DataSet.named("two-moons"));
      assertThat(figures.sampledKl()).isLessThan(0.4);
      assertThat(figures.kl()).isBetween(0.0, 1.0);
    }
  }

  @Test
  void theBoundOfAVariationalAutoencoderIsBelowItsLikelihoodByImportanceSampling() {
    try (Vae model = (Vae) Trained.of("vae", "ring", 300, Map.of())) {
      float[] places = PlaneFigures.heldOut(Trained.RING);
      double bound = mean(logs(model, places));
      double few = mean(model.importance(places, 8));
      double many = mean(model.importance(places, 64));
      assertThat(bound).isLessThan(few);
      assertThat(few).isLessThan(many + 0.01);
      assertThat(many).isLessThan(mean(Trained.RING.mixture().logDensities(places)));
    }
  }

  @ParameterizedTest
  @CsvSource({"diffusion, 600, ''", "discrete, 300, absorbing", "discrete, 300, uniform"})
  void aBoundIsBelowTheExactLogLikelihoodOfTheData(String family, int steps, String noise) {
    Map<String, String> settings = noise.isEmpty() ? Map.of() : Map.of("noise", noise);
    try (PlaneModel model = Trained.of(family, "ring", steps, settings)) {
      float[] places = PlaneFigures.heldOut(Trained.RING);
      double exact = mean(Trained.RING.mixture().logDensities(places));
      assertThat(mean(logs(model, places))).isBetween(exact - 2.5, exact);
    }
  }

  /** The sum of what is below probabilities is below one. */
  @ParameterizedTest
  @ValueSource(strings = {"absorbing", "uniform"})
  void theBoundsOfAllCellsSumToLessThanOne(String noise) {
    try (PlaneModel model = Trained.of("discrete", "ring", 200, Map.of("noise", noise))) {
      assertThat(integral(model, new Lattice(32, 2.5))).isBetween(0.2, 1.0);
    }
  }

  @Test
  void theLikelihoodOfTheDataRisesWithTraining() {
    float[] places = PlaneFigures.heldOut(Trained.RING);
    double before = Double.NEGATIVE_INFINITY;
    for (int steps : new int[] {10, 60, 300}) {
      try (PlaneModel model = Trained.of("flow", "ring", steps, Map.of("layers", "4"))) {
        double now = mean(logs(model, places));
        assertThat(now).isGreaterThan(before);
        before = now;
      }
    }
  }

  @Test
  void aGaussianIsTheMomentsOfThePointsItSawAndCanBeSetByHand() {
    try (PlaneModel model = Trained.of("gaussian", "ink", 30, Map.of())) {
      float[] numbers = model.numbers();
      double x = 0;
      double xx = 0;
      int count = 0;
      for (int step = 0; step < 30; step++) {
        float[] batch = DataSet.named("ink").batch(64, 1, step);
        for (int i = 0; i < batch.length; i += 2) {
          x += batch[i];
          xx += batch[i] * (double) batch[i];
          count++;
        }
      }
      assertThat((double) numbers[0]).isCloseTo(x / count, within(1e-5));
      assertThat((double) numbers[2]).isCloseTo(xx / count - x / count * x / count, within(1e-5));
      model.become(new float[] {0, 0, 1, 0, 1});
      assertThat(logs(model, new float[] {0, 0})[0])
          .isCloseTo(-Math.log(2 * Math.PI), within(1e-9));
    }
  }
}
