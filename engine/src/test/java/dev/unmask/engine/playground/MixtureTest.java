package dev.unmask.engine.playground;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.random.Philox;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MixtureTest {
  private static final double SMALL = 1e-5;

  @ParameterizedTest
  @CsvSource({"1, 0", "0.8, 0.6", "0.1, 0.99", "1, 4"})
  void theScoreIsTheSlopeOfTheLogarithmOfTheDensity(double alpha, double sigma) {
    Mixture data = PlaneData.TWO_MOONS.mixture();
    Reading reading = data.at(0.3, -0.2, new Corruption.Gaussian(alpha, sigma));
    assertThat(reading.scoreX())
        .isCloseTo(
            (log(data, 0.3 + SMALL, -0.2, alpha, sigma)
                    - log(data, 0.3 - SMALL, -0.2, alpha, sigma))
                / (2 * SMALL),
            Offset.offset(1e-4));
    assertThat(reading.scoreY())
        .isCloseTo(
            (log(data, 0.3, -0.2 + SMALL, alpha, sigma)
                    - log(data, 0.3, -0.2 - SMALL, alpha, sigma))
                / (2 * SMALL),
            Offset.offset(1e-4));
  }

  private static double log(Mixture data, double x, double y, double alpha, double sigma) {
    return Math.log(data.at(x, y, new Corruption.Gaussian(alpha, sigma)).density());
  }

  /** Tweedie's formula, α x̂0 = x + σ² ∇ log p(x). */
  @Test
  void thePredictionFollowsFromTheScore() {
    Reading reading = PlaneData.RINGS.mixture().at(0.5, 0.7, new Corruption.Gaussian(0.8, 0.6));
    Offset<Double> rounding = Offset.offset(1e-12);
    assertThat(0.8 * reading.cleanX()).isCloseTo(0.5 + 0.36 * reading.scoreX(), rounding);
    assertThat(0.8 * reading.cleanY()).isCloseTo(0.7 + 0.36 * reading.scoreY(), rounding);
  }

  @ParameterizedTest
  @EnumSource(PlaneData.class)
  void theDensityIsThatOfAProbability(PlaneData data) {
    var noise = new Corruption.Gaussian(0.9, 0.4);
    double cell = 0.05;
    double sum = 0;
    for (double x = -6; x < 6; x += cell) {
      for (double y = -6; y < 6; y += cell) {
        sum += data.mixture().at(x, y, noise).density() * cell * cell;
      }
    }
    assertThat(sum).isCloseTo(1, Offset.offset(1e-6));
  }

  @Test
  void aPlaceMayComeFromMoreComponentsTheMoreNoiseThereIs() {
    Mixture data = PlaneData.SWISS_ROLL.mixture();
    assertThat(data.at(0, -1.6, new Corruption.Gaussian(1, 0)).candidates()).isBetween(1.0, 8.0);
    assertThat(data.at(0, 0, new Corruption.Gaussian(0, 1)).candidates())
        .isCloseTo(160, Offset.offset(1e-9));
  }

  @Test
  void drawsHaveTheMeanAndVarianceOfTheMixture() {
    int count = 20_000;
    float[] places = PlaneData.TWO_MOONS.mixture().draw(count, new Philox(5, 0));
    double sumX = 0;
    double sumY = 0;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      sumX += places[2 * i];
      sumY += places[2 * i + 1];
      squares += places[2 * i] * places[2 * i] + places[2 * i + 1] * places[2 * i + 1];
    }
    assertThat(sumX / count).isCloseTo(0, Offset.offset(0.03));
    assertThat(sumY / count).isCloseTo(0, Offset.offset(0.03));
    assertThat(squares / count / 2).isCloseTo(1, Offset.offset(0.03));
  }

  /** Pearson's test; with 63 degrees of freedom, one of a thousand is above 103. */
  @Test
  void drawsFallAsOftenIntoACellAsItsDensityAsks() {
    Mixture data = PlaneData.TWO_MOONS.mixture();
    int count = 20_000;
    float[] places = data.draw(count, new Philox(6, 0));
    double[] seen = new double[64];
    for (int i = 0; i < count; i++) {
      seen[cell(places[2 * i]) * 8 + cell(places[2 * i + 1])]++;
    }
    double[] asked = new double[64];
    double fine = 0.02;
    for (double x = -4 + fine / 2; x < 4; x += fine) {
      for (double y = -4 + fine / 2; y < 4; y += fine) {
        double density = data.at(x, y, new Corruption.Gaussian(1, 0)).density();
        asked[cell(x) * 8 + cell(y)] += count * density * fine * fine;
      }
    }
    double statistic = 0;
    for (int i = 0; i < 64; i++) {
      statistic += (seen[i] - asked[i]) * (seen[i] - asked[i]) / Math.max(asked[i], 1);
    }
    assertThat(statistic).isLessThan(103);
  }

  /** One of eight from −2 to 2, the outer ones without end. */
  private static int cell(double coordinate) {
    return Math.clamp((long) Math.floor(2 * coordinate + 4), 0, 7);
  }
}
